using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Spool;

/// <summary>Opens the spool before the first request, keeps it supplied, flushed and watched, and closes it last.</summary>
internal sealed class SpoolWorker(CallSpool spool, IOptions<SpoolOptions> options, SpoolDropWatch drops, SpoolMetrics metrics, TimeProvider time, ILogger<CallSpool> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await spool.OpenAsync(cancellationToken);
        metrics.Register();
        _running = Task.WhenAll(
            // A thread of its own: when the pool is busiest, segments run out fastest.
            Task.Factory.StartNew(Supply, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            Task.Run(() => EveryAsync(WatchPeriod, drops.Look, _stopping.Token), CancellationToken.None),
            options.Value.Fsync == FsyncPolicy.Interval ? Task.Run(() => EveryAsync(options.Value.FsyncInterval, spool.Flush, _stopping.Token), CancellationToken.None) : Task.CompletedTask);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            SpoolLog.Closing(log);
        }

        await spool.CloseAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private void Supply()
    {
        while (true)
        {
            spool.Supply.Wait(_stopping.Token);
            Do(spool.Supply.Refill);
        }
    }

    private async Task EveryAsync(TimeSpan period, Action action, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            Do(action);
        }
    }

    // One failure must not end what the spool lives on.
    private void Do(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            SpoolLog.WorkFailed(log, e);
        }
    }
}
