using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KubeLens.Testing;

/// <summary>Every instrument of the process whose meter's name begins so, from now on and before.</summary>
public sealed class InstrumentList : IDisposable
{
    private readonly ConcurrentDictionary<string, DocumentedMetric> _seen = new();
    private readonly MeterListener _listener;

    public InstrumentList(string meters)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith(meters, StringComparison.Ordinal))
                {
                    _seen[instrument.Name] = TelemetryDocument.Describe(instrument, []);
                }
            },
        };
        _listener.Start();
    }

    public IEnumerable<string> All => _seen.Values.Select(metric => metric.ToString()).Order(StringComparer.Ordinal);

    /// <summary>What the document has of such meters.</summary>
    public static IEnumerable<string> Documented(string meters) =>
        TelemetryDocument.Metrics.Values.Where(metric => metric.Meter.StartsWith(meters, StringComparison.Ordinal)).Select(metric => metric.ToString()).Order(StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();
}
