using System.Diagnostics.Metrics;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Delivery;

/// <summary>The meter <c>KubeLens.Gateway.Delivery</c>.</summary>
internal sealed class DeliveryMetrics
{
    public const string MeterName = "KubeLens.Gateway.Delivery";

    private readonly Counter<long> _missingBodies;

    public DeliveryMetrics(IMeterFactory meters, CallSpool spool, TimeProvider time)
    {
        var meter = meters.Create(MeterName);
        Batches = meter.CreateCounter<long>("kubelens.delivery.batches", "{batch}", "Batches that the Store accepted");
        Calls = meter.CreateCounter<long>("kubelens.delivery.calls", "{call}", "Calls that the Store accepted");
        Retries = meter.CreateCounter<long>("kubelens.delivery.retries", "{attempt}", "Sends that were repeated");
        Rejected = meter.CreateCounter<long>("kubelens.delivery.rejected", "{call}", "Calls that the Store refused within a batch that it accepted");
        DeadLetters = meter.CreateCounter<long>("kubelens.delivery.dead_letters", "{batch}", "Batches that the Store refused and that were set aside");
        DeadLetterCalls = meter.CreateCounter<long>("kubelens.delivery.dead_letters.calls", "{call}", "Calls in them");
        LateBodies = meter.CreateCounter<long>("kubelens.delivery.bodies.late", "{bodies}", "Bodies that came after their call had gone without them");
        _missingBodies = meter.CreateCounter<long>("kubelens.delivery.bodies.missing", "{call}", "Calls that went without the bodies that were to follow, by note");
        SendDuration = meter.CreateHistogram<double>("kubelens.delivery.send.duration", "s", "Time to an answer of the Store, or to the failure to get one");
        meter.CreateObservableGauge(
            "kubelens.delivery.lag",
            () => spool.Reader.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0,
            "s",
            "How far delivery is behind: the age of the oldest call that is not answered for");
    }

    public Counter<long> Batches { get; }
    public Counter<long> Calls { get; }
    public Counter<long> Retries { get; }
    public Counter<long> Rejected { get; }
    public Counter<long> DeadLetters { get; }
    public Counter<long> DeadLetterCalls { get; }
    public Counter<long> LateBodies { get; }
    public Histogram<double> SendDuration { get; }

    public void MissingBodies(CallBodyNote note) => _missingBodies.Add(1, new KeyValuePair<string, object?>("note", note.ToString()));
}
