using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>
/// Counts the connections without a request by reason, from its making on. The meter is the process's: tests that count are in one collection,
/// and no other has a gateway in this process.
/// </summary>
internal sealed class RequestlessCounts : IDisposable
{
    public const string Collection = "counts connections";

    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly MeterListener _listener;

    public RequestlessCounts()
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "kubelens.capture.connections.requestless")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _counts.AddOrUpdate((string)tags[0].Value!, value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long All => _counts.Values.Sum();

    public long Of(string reason) => _counts.GetValueOrDefault(reason);

    public override string ToString() => string.Join(' ', _counts.Select(pair => $"{pair.Key}={pair.Value}"));

    public void Dispose() => _listener.Dispose();
}
