using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Audit;

/// <summary>
/// Carries events from the queue to the webhook, in order. On shutdown it takes no new ones, posts what is left within
/// its budget, and says what stayed behind.
/// </summary>
internal sealed class AuditWorker(AuditWriter writer, AuditWebhook webhook, AuditMetrics metrics, IOptions<AuditOptions> options, TimeProvider clock, ILogger<AuditWorker> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _giveUp = new();
    private Task _work = Task.CompletedTask;
    private long _unsent;
    private bool _troubled;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _work = Task.Run(() => WorkAsync(_giveUp.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        writer.Complete();
        _giveUp.CancelAfter(options.Value.ShutdownBudget);
        await _work.WaitAsync(cancellationToken);
        var left = _unsent + writer.Events.Count;
        if (left > 0)
        {
            metrics.Dropped.Add(left);
            logger.AuditEventsLeft(left, options.Value.ShutdownBudget.TotalSeconds);
        }
    }

    public void Dispose() => _giveUp.Dispose();

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        var batch = new List<AuditEvent>(options.Value.BatchEvents);
        try
        {
            while (await writer.Events.WaitToReadAsync(cancellationToken))
            {
                await FillAsync(batch, cancellationToken);
                _unsent = batch.Count;
                await SendAsync(batch, cancellationToken);
                _unsent = 0;
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The budget of the shutdown is used up; StopAsync says what is left.
        }
    }

    /// <summary>Takes what is there, and what comes within the wait, up to a full batch.</summary>
    private async Task FillAsync(List<AuditEvent> batch, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(options.Value.BatchWait);
        try
        {
            do
            {
                while (batch.Count < options.Value.BatchEvents && writer.Events.TryRead(out var entry))
                {
                    batch.Add(entry);
                }
            }
            while (batch.Count < options.Value.BatchEvents && await writer.Events.WaitToReadAsync(wait.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody else came in time.
        }
        finally
        {
            _unsent = batch.Count;
        }
    }

    private async Task SendAsync(List<AuditEvent> batch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (status, problem) = await webhook.PostAsync(batch, cancellationToken);
            if (problem.Length == 0)
            {
                Accepted(batch.Count);
                return;
            }

            if (!AuditRetry.Again(status))
            {
                metrics.Dropped.Add(batch.Count);
                logger.AuditBatchRefused(webhook.Url, batch.Count, problem);
                return;
            }

            if (!_troubled)
            {
                _troubled = true;
                logger.AuditWebhookAway(webhook.Url, problem);
            }

            metrics.Retries.Add(1);
            await Task.Delay(AuditRetry.Delay(attempt, Random.Shared.NextDouble()), clock, cancellationToken);
        }
    }

    private void Accepted(int count)
    {
        metrics.Sent.Add(count);
        if (_troubled)
        {
            _troubled = false;
            logger.AuditWebhookBack(webhook.Url);
        }
    }
}
