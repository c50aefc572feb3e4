using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Gateway.Tests.Delivery;

/// <summary>Sums what the counters of a meter count from now on, and asks the observed ones.</summary>
internal sealed class Counts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new();

    public Counts(IServiceProvider host, string meter)
    {
        var factory = host.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter && instrument.Meter.Scope == factory) // other tests run beside this one
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>By the instrument's name, or <c>name{tag=value,…}</c> in the order of the tags.</summary>
    public long this[string name] => _sums.GetValueOrDefault(name);

    public void Observe()
    {
        _sums.Clear();
        _listener.RecordObservableInstruments();
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
        if (tags.Length > 0)
        {
            List<string> named = [];
            foreach (var tag in tags)
            {
                named.Add($"{tag.Key}={tag.Value}");
            }

            _sums.AddOrUpdate($"{instrument.Name}{{{string.Join(',', named)}}}", value, (_, sum) => sum + value);
        }
    }
}
