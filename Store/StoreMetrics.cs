using System.Diagnostics.Metrics;
using KubeLens.Store.Health;

namespace KubeLens.Store;

/// <summary>Every metric of the Store.</summary>
internal sealed class StoreMetrics
{
    public const string MeterName = "KubeLens.Store";

    private readonly Counter<long> _calls;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _overflow;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _partitions;
    private readonly Counter<long> _partitionFailures;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _deleted;
    private readonly Counter<long> _held;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _exported;
    private readonly UpDownCounter<long> _followers;
    private readonly Counter<long> _liveDropped;
    private readonly Counter<long> _sealed;
    private readonly Counter<long> _damaged;
    private readonly Histogram<double> _sealDuration;
    private readonly Counter<long> _auditEvents;
    private readonly Counter<long> _auditRepeated;
    private readonly Counter<long> _auditJoined;
    private readonly Counter<long> _auditPlaced;
    private readonly Counter<long> _auditRefused;
    private readonly Histogram<double> _ingestDuration;
    private readonly Histogram<double> _searchDuration;
    private readonly Histogram<double> _countDuration;
    private readonly Histogram<double> _exportDuration;

    private long _auditPending;

    public StoreMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _calls = meter.CreateCounter<long>("kubelens.store.ingest.calls", "{call}", "Calls stored.");
        _duplicates = meter.CreateCounter<long>("kubelens.store.ingest.duplicates", "{call}", "Calls delivered again after they were stored.");
        _rejected = meter.CreateCounter<long>("kubelens.store.ingest.rejected", "{record}", "Log records refused for good: no calls, bad attributes, or a batch of someone else.");
        _overflow = meter.CreateCounter<long>("kubelens.store.ingest.overflow", "{call}", "Calls stored in the overflow table, for want of a partition.");
        _batches = meter.CreateCounter<long>("kubelens.store.ingest.batches", "{batch}", "Batches, or parts of them, that brought new calls.");
        _refused = meter.CreateCounter<long>("kubelens.store.ingest.refused", "{request}", "Requests to come again later, by HTTP status.");
        _partitions = meter.CreateCounter<long>("kubelens.store.partitions.created", "{partition}", "Partitions made, by table.");
        _partitionFailures = meter.CreateCounter<long>("kubelens.store.partitions.failed", "{partition}", "Partitions that could not be made, by table.");
        _dropped = meter.CreateCounter<long>("kubelens.store.retention.dropped", "{partition}", "Partitions dropped with all that was in them, by table and reason (age, size).");
        _deleted = meter.CreateCounter<long>("kubelens.store.retention.deleted", "{row}", "Rows deleted that no partition held, by table.");
        _held = meter.CreateCounter<long>("kubelens.store.hold.kept", "{call}", "Calls that legal holds kept of what was dropped.");
        _lost = meter.CreateCounter<long>("kubelens.store.in_flight.lost", "{call}", "Calls that were known to run and were written off, because their gateway was lost.");
        _exported = meter.CreateCounter<long>("kubelens.store.export.calls", "{call}", "Calls written to exports, by format (ndjson, csv, har, audit).");
        _followers = meter.CreateUpDownCounter<long>("kubelens.store.live.followers", "{feed}", "Live feeds that are open.");
        _liveDropped = meter.CreateCounter<long>("kubelens.store.live.dropped", "{call}", "Calls stored that a live feed did not look at, by reason (slow, tooMany, stopped); at least one each time where nobody knows how many.");
        _sealed = meter.CreateCounter<long>("kubelens.store.sealing.calls", "{call}", "Calls of closed hours that were packed once more.");
        _damaged = meter.CreateCounter<long>("kubelens.store.sealing.damaged", "{attempt}", "Attempts to seal an hour that ended at what does not decode.");
        _sealDuration = meter.CreateHistogram<double>("kubelens.store.sealing.duration", "s", "Time to seal one hour, its rests included.");
        _auditEvents = meter.CreateCounter<long>("kubelens.store.audit.events", "{event}", "Audit events taken, of any stage.");
        _auditRepeated = meter.CreateCounter<long>("kubelens.store.audit.repeated", "{event}", "Audit events that their call had already.");
        _auditJoined = meter.CreateCounter<long>("kubelens.store.audit.joined", "{call}", "Calls joined with their audit event.");
        _auditPlaced = meter.CreateCounter<long>("kubelens.store.audit.placed", "{call}", "Audit events that became calls of their own, by kind (bypass, conflict).");
        _auditRefused = meter.CreateCounter<long>("kubelens.store.audit.refused", "{event}", "Audit events, or whole posts, that could not be read.");
        meter.CreateObservableGauge("kubelens.store.audit.pending", () => Interlocked.Read(ref _auditPending), "{request}", "Requests that audit events told of and that wait for their call.");
        _ingestDuration = meter.CreateHistogram<double>("kubelens.store.ingest.duration", "s", "Time to store one request, from decoded to committed.");
        _searchDuration = meter.CreateHistogram<double>("kubelens.store.search.duration", "s", "Time to answer one page, by outcome.");
        _countDuration = meter.CreateHistogram<double>("kubelens.store.count.duration", "s", "Time to answer one histogram, or the facets of one request, by outcome (counted, unavailable).");
        _exportDuration = meter.CreateHistogram<double>("kubelens.store.export.duration", "s", "Time of one export, by format and outcome (whole, clientLeft, cut, stopped, unavailable, busy).");
    }

    /// <summary>For the status.</summary>
    public StoreTotals Totals { get; } = new();

    public void Ingested(int stored, int duplicates, int overflow, int batches, TimeSpan took)
    {
        _calls.Add(stored);
        _duplicates.Add(duplicates);
        _overflow.Add(overflow);
        _batches.Add(batches);
        _ingestDuration.Record(took.TotalSeconds);
        Totals.Ingested(stored, batches, duplicates);
    }

    public void Rejected(int records)
    {
        _rejected.Add(records);
        Totals.AddRejected(records);
    }

    public void Refused(int status)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("http.response.status_code", status));
        Totals.AddRefused();
    }

    public void PartitionCreated(string table) => _partitions.Add(1, new KeyValuePair<string, object?>("table", table));

    public void PartitionFailed(string table) => _partitionFailures.Add(1, new KeyValuePair<string, object?>("table", table));

    public void RetentionDropped(string table, string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("table", table), new KeyValuePair<string, object?>("reason", reason));

    public void RetentionDeleted(string table, int rows) => _deleted.Add(rows, new KeyValuePair<string, object?>("table", table));

    public void HoldKept(long calls) => _held.Add(calls);

    public void Sealed(long calls, TimeSpan took)
    {
        _sealed.Add(calls);
        _sealDuration.Record(took.TotalSeconds);
    }

    public void HourDamaged() => _damaged.Add(1);

    public void GatewayLost(int calls) => _lost.Add(calls);

    public void AuditTaken(int events) => _auditEvents.Add(events);

    public void AuditRepeated(int events) => _auditRepeated.Add(events);

    public void AuditJoined(int calls) => _auditJoined.Add(calls);

    public void AuditPlaced(int bypass, int conflict)
    {
        _auditPlaced.Add(bypass, new KeyValuePair<string, object?>("kind", "bypass"));
        _auditPlaced.Add(conflict, new KeyValuePair<string, object?>("kind", "conflict"));
    }

    public void AuditRefused(int events) => _auditRefused.Add(events);

    public void AuditPending(long requests) => Interlocked.Exchange(ref _auditPending, requests);

    public void Searched(TimeSpan took, string outcome) => _searchDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void Counted(TimeSpan took, string outcome) => _countDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void Followers(int change) => _followers.Add(change);

    public void LiveDropped(long calls, string reason) => _liveDropped.Add(calls, new KeyValuePair<string, object?>("reason", reason));

    public void Exported(string format, string outcome, long calls, TimeSpan took)
    {
        _exported.Add(calls, new KeyValuePair<string, object?>("format", format));
        _exportDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("format", format), new KeyValuePair<string, object?>("outcome", outcome));
    }
}
