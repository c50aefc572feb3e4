using KubeLens.Gateway.Spool;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Delivery;

/// <summary>
/// Moves calls from the spool to the Store. One loop cuts batches; up to two are under way, and the read position follows
/// their order. Shutdown: intake has ended by then, so what is there is cut and sent within the budget, and the rest stays.
/// </summary>
internal sealed class DeliveryWorker(CallSpool spool, BatchCutter cutter, CallJoiner joiner, BatchSender sender, IOptions<DeliveryOptions> options, IOptions<StoreOptions> store, TimeProvider time, ILogger<DeliveryWorker> log)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Queue<(Batch Batch, Task Sent)> _underWay = new();

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (store.Value is { LogsAddress: { Scheme: "http", IsLoopback: false } })
        {
            DeliveryLog.PlainAddress(log, store.Value.Address);
        }

        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        using var end = new CancellationTokenSource();
        while (!_stopping.IsCancellationRequested)
        {
            await StepAsync(flush: false, end.Token, _stopping.Token);
        }

        await DrainAsync(end);
    }

    private async Task DrainAsync(CancellationTokenSource end)
    {
        using var budget = new CancellationTokenSource(options.Value.ShutdownBudget, time);
        while (!budget.IsCancellationRequested && (spool.Reader.Undelivered > 0 || _underWay.Count > 0))
        {
            await StepAsync(flush: true, end.Token, budget.Token);
        }

        await end.CancelAsync();
        while (_underWay.TryDequeue(out var left))
        {
            await left.Sent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (left.Sent.IsCompletedSuccessfully)
            {
                Settle(left.Batch);
            }
        }

        if (spool.Reader.Undelivered is > 0 and var calls)
        {
            DeliveryLog.StoppedWith(log, calls);
        }
        else
        {
            DeliveryLog.StoppedEmpty(log);
        }
    }

    private async Task StepAsync(bool flush, CancellationToken end, CancellationToken stopping)
    {
        try
        {
            Settle();
            if (_underWay.Count < BatchMark.Slots && cutter.TryCut([.. _underWay.Select(sending => sending.Batch)], flush) is { } batch)
            {
                _underWay.Enqueue((batch, sender.DeliverAsync(batch, end)));
                return;
            }

            await WaitAsync(stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Nothing that a batch can hold may end delivery for good.
            DeliveryLog.WorkFailed(log, e);
            await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Until the first batch is answered, something may have been appended, or it is time to stop.</summary>
    private async Task WaitAsync(CancellationToken stopping)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var pause = Task.Delay(Poll, time, waiting.Token);
        await (_underWay.TryPeek(out var first) ? Task.WhenAny(first.Sent, pause) : Task.WhenAny(pause));
        await waiting.CancelAsync();
    }

    private void Settle()
    {
        while (_underWay.TryPeek(out var first) && first.Sent.IsCompleted)
        {
            first.Sent.GetAwaiter().GetResult(); // cancelled: the batch stays in the spool
            Settle(first.Batch);
            _underWay.Dequeue();
        }

        var reader = spool.Reader;
        lock (reader.Gate)
        {
            reader.ReleaseBefore(_underWay.TryPeek(out var oldest) ? oldest.Batch.Runs[0].Segment : joiner.First?.Frame.Segment);
            reader.Oldest = _underWay.Count > 0 ? oldest.Batch.Oldest : joiner.First is { } call ? cutter.AppendedAt(call) : null;
        }
    }

    private void Settle(Batch batch)
    {
        var reader = spool.Reader;
        lock (reader.Gate)
        {
            // Last segment first: a kill between two of them then leaves calls to be repeated under their old mark, never calls without one.
            foreach (var run in batch.Runs.Reverse())
            {
                reader.Advance(run.Segment, run.End, run.Calls);
            }
        }
    }
}
