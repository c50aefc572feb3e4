using System.Diagnostics.Metrics;

namespace KubeLens.Gateway.Spool;

/// <summary>The meter <c>KubeLens.Gateway.Spool</c>. Everything is observed, so that counting costs an append nothing.</summary>
internal sealed class SpoolMetrics(IMeterFactory meters, CallSpool spool, TimeProvider time)
{
    public const string MeterName = "KubeLens.Gateway.Spool";

    public void Register()
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter("kubelens.spool.appended", () => new[]
        {
            Of(spool.AppendedCalls, "call"),
            Of(spool.AppendedBodies, "bodies"),
        }, "{frame}", "Frames appended, by kind");
        meter.CreateObservableCounter("kubelens.spool.appended.bytes", () => spool.AppendedBytes, "By", "Bytes appended");
        meter.CreateObservableCounter("kubelens.spool.dropped", () => Dropped(spool.Drops), "{frame}", "What did not come through the spool, by kind and reason");
        meter.CreateObservableCounter("kubelens.spool.allocation.failures", () => spool.Supply.Failures, "{attempt}", "Segments that could not be made");
        meter.CreateObservableCounter("kubelens.spool.corrupt", () => (long)spool.Reader.Corrupt, "{segment}", "Segments whose checksums failed");
        meter.CreateObservableGauge("kubelens.spool.bytes", () => spool.Status.FileBytes, "By", "What the segments take on disk");
        meter.CreateObservableGauge("kubelens.spool.segments", () => spool.Status.Segments, "{segment}", "Segments in use");
        meter.CreateObservableGauge("kubelens.spool.undelivered", () => spool.Reader.Undelivered, "{call}", "Calls that the Store has not answered for");
        meter.CreateObservableGauge(
            "kubelens.spool.undelivered.age",
            () => spool.Reader.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0,
            "s",
            "Age of the oldest undelivered call");
    }

    private static IEnumerable<Measurement<long>> Dropped(SpoolDrops drops)
    {
        foreach (var reason in Enum.GetValues<SpoolDropReason>())
        {
            var tag = new KeyValuePair<string, object?>("reason", reason.ToString());
            yield return new Measurement<long>(drops.CallsBy(reason), new("kind", "call"), tag);
            yield return new Measurement<long>(drops.BodiesBy(reason), new("kind", "bodies"), tag);
        }
    }

    private static Measurement<long> Of(long value, string kind) => new(value, new KeyValuePair<string, object?>("kind", kind));
}
