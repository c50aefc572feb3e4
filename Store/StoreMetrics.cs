using System.Diagnostics.Metrics;

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
    private readonly Counter<long> _lost;
    private readonly Counter<long> _exported;
    private readonly UpDownCounter<long> _followers;
    private readonly Counter<long> _liveDropped;
    private readonly Counter<long> _sealed;
    private readonly Histogram<double> _sealDuration;
    private readonly Histogram<double> _ingestDuration;
    private readonly Histogram<double> _searchDuration;
    private readonly Histogram<double> _exportDuration;

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
        _lost = meter.CreateCounter<long>("kubelens.store.in_flight.lost", "{call}", "Calls that were known to run and were written off, because their gateway was lost.");
        _exported = meter.CreateCounter<long>("kubelens.store.export.calls", "{call}", "Calls written to exports, by format (ndjson, csv, har, audit).");
        _followers = meter.CreateUpDownCounter<long>("kubelens.store.live.followers", "{feed}", "Live feeds that are open.");
        _liveDropped = meter.CreateCounter<long>("kubelens.store.live.dropped", "{call}", "Calls stored that a live feed did not look at, by reason (slow, tooMany, stopped); at least one each time where nobody knows how many.");
        _sealed = meter.CreateCounter<long>("kubelens.store.sealing.calls", "{call}", "Calls of closed hours that were packed once more.");
        _sealDuration = meter.CreateHistogram<double>("kubelens.store.sealing.duration", "s", "Time to seal one hour, its rests included.");
        _ingestDuration = meter.CreateHistogram<double>("kubelens.store.ingest.duration", "s", "Time to store one request, from decoded to committed.");
        _searchDuration = meter.CreateHistogram<double>("kubelens.store.search.duration", "s", "Time to answer one page, by outcome.");
        _exportDuration = meter.CreateHistogram<double>("kubelens.store.export.duration", "s", "Time of one export, by format and outcome (whole, clientLeft, cut, stopped, unavailable, busy).");
    }

    public void Ingested(int stored, int duplicates, int overflow, int batches, TimeSpan took)
    {
        _calls.Add(stored);
        _duplicates.Add(duplicates);
        _overflow.Add(overflow);
        _batches.Add(batches);
        _ingestDuration.Record(took.TotalSeconds);
    }

    public void Rejected(int records) => _rejected.Add(records);

    public void Refused(int status) => _refused.Add(1, new KeyValuePair<string, object?>("http.response.status_code", status));

    public void PartitionCreated(string table) => _partitions.Add(1, new KeyValuePair<string, object?>("table", table));

    public void PartitionFailed(string table) => _partitionFailures.Add(1, new KeyValuePair<string, object?>("table", table));

    public void RetentionDropped(string table, string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("table", table), new KeyValuePair<string, object?>("reason", reason));

    public void RetentionDeleted(string table, int rows) => _deleted.Add(rows, new KeyValuePair<string, object?>("table", table));

    public void Sealed(long calls, TimeSpan took)
    {
        _sealed.Add(calls);
        _sealDuration.Record(took.TotalSeconds);
    }

    public void GatewayLost(int calls) => _lost.Add(calls);

    public void Searched(TimeSpan took, string outcome) => _searchDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void Followers(int change) => _followers.Add(change);

    public void LiveDropped(long calls, string reason) => _liveDropped.Add(calls, new KeyValuePair<string, object?>("reason", reason));

    public void Exported(string format, string outcome, long calls, TimeSpan took)
    {
        _exported.Add(calls, new KeyValuePair<string, object?>("format", format));
        _exportDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("format", format), new KeyValuePair<string, object?>("outcome", outcome));
    }
}
