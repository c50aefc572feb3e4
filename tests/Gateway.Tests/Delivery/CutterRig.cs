using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Delivery;
using KubeLens.Gateway.Tests.Spool;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using System.Diagnostics.Metrics;

namespace KubeLens.Gateway.Tests.Delivery;

/// <summary>Joining and cutting over a real spool, step by step, with a clock of the test's own.</summary>
internal sealed class CutterRig : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly BatchCutter _cutter;

    private CutterRig(TestSpool spool, ManualTime time, DeliveryOptions options)
    {
        (Spool, Time) = (spool, time);
        var metrics = new DeliveryMetrics(_services.GetRequiredService<IMeterFactory>(), spool.Spool, time);
        Counts = new Counts(_services, DeliveryMetrics.MeterName);
        Joiner = new CallJoiner(spool.Reader, options, metrics, time);
        _cutter = new BatchCutter(spool.Spool, Joiner, new BatchEncoder(spool.Spool.Boot), options, time);
    }

    public TestSpool Spool { get; }
    public ManualTime Time { get; }
    public CallJoiner Joiner { get; }
    public Counts Counts { get; }
    public List<Batch> UnderWay { get; } = [];

    public static async Task<CutterRig> OpenAsync(TempFolder folder, ManualTime time, DeliveryOptions? options = null, Action<Gateway.Spool.SpoolOptions>? configure = null) =>
        new(await TestSpool.OpenAsync(folder, configure, time), time, options ?? new DeliveryOptions());

    public void Call(long sequence, bool bodiesFollow = false, int padding = 0) =>
        Spool.AppendCall(sequence, TestGateway.Record(Spool.Spool.Boot, sequence, padding), bodiesFollow).ShouldBeTrue();

    public void Bodies(long sequence) => Spool.AppendBodies(sequence, TestGateway.Bodies("request", "response"));

    /// <summary>Cuts the next batch; null when none is due.</summary>
    public Batch? Cut(bool flush = true)
    {
        var batch = _cutter.TryCut(UnderWay, flush);
        if (batch is not null)
        {
            UnderWay.Add(batch);
        }

        return batch;
    }

    public static List<CallRecord> Calls(Batch batch) =>
        [.. new StoreSink.Request("", "", "", batch.Body.ToArray()).Records().Select(log =>
        {
            CallLogReader.TryRead(log, out var call, out var error).ShouldBeTrue(error);
            return call!;
        })];

    public async ValueTask DisposeAsync()
    {
        Counts.Dispose();
        await Spool.DisposeAsync();
        await _services.DisposeAsync();
    }
}
