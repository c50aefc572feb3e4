namespace KubeLens.Gateway.Delivery;

/// <summary>Sends a batch until it is answered for: accepted, or set aside. Says once that the Store is away, and once that it is back.</summary>
internal sealed class BatchSender(StoreClient store, DeadLetters deadLetters, DeliveryMetrics metrics, TimeProvider time, ILogger<BatchSender> log)
{
    private string? _trouble;

    /// <summary>Ends only with an answer, or cancelled.</summary>
    public async Task DeliverAsync(Batch batch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? retryAfter = null;
            try
            {
                var answer = await SendAsync(batch, cancellationToken);
                if (await IsSettledAsync(batch, answer, attempt, cancellationToken))
                {
                    return;
                }

                retryAfter = answer.RetryAfter;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it was, the batch must not be lost for it.
                DeliveryLog.WorkFailed(log, e);
            }

            metrics.Retries.Add(1);
            await Task.Delay(DeliveryRetry.Delay(attempt, retryAfter, Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    private async Task<DeliveryAnswer> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var answer = await store.SendAsync(batch.Body, cancellationToken);
        metrics.SendDuration.Record(time.GetElapsedTime(started).TotalSeconds);
        return answer;
    }

    private async Task<bool> IsSettledAsync(Batch batch, DeliveryAnswer answer, int attempt, CancellationToken cancellationToken)
    {
        switch (DeliveryRetry.Judge(answer.Status, attempt))
        {
            case DeliveryVerdict.Accepted:
                Accepted(batch, answer);
                return true;
            case DeliveryVerdict.SetAside:
                return await TrySetAsideAsync(batch, answer, cancellationToken);
            default:
                Troubled(answer);
                return false;
        }
    }

    private void Accepted(Batch batch, DeliveryAnswer answer)
    {
        metrics.Batches.Add(1);
        metrics.Calls.Add(batch.Calls - answer.Rejected);
        if (answer.Rejected > 0)
        {
            metrics.Rejected.Add(answer.Rejected);
            DeliveryLog.PartlyRejected(log, answer.Rejected, batch.Calls, batch.Id, answer.Message);
        }
        else if (answer.Message.Length > 0)
        {
            DeliveryLog.Warned(log, batch.Id, answer.Message);
        }

        if (Interlocked.Exchange(ref _trouble, null) is not null)
        {
            DeliveryLog.StoreBack(log, store.Address);
        }
    }

    private void Troubled(DeliveryAnswer answer)
    {
        var trouble = answer.Status?.ToString() ?? answer.Message;
        if (Interlocked.Exchange(ref _trouble, trouble) == trouble)
        {
            return;
        }

        if (answer.Status is { } status)
        {
            DeliveryLog.StoreRefuses(log, store.Address, (int)status, answer.Message);
        }
        else
        {
            DeliveryLog.StoreAway(log, store.Address, answer.Message);
        }
    }

    private async Task<bool> TrySetAsideAsync(Batch batch, DeliveryAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            await deadLetters.SetAsideAsync(batch, answer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            DeliveryLog.DeadLetterFailed(log, e, batch.Id);
            return false;
        }

        metrics.DeadLetters.Add(1);
        metrics.DeadLetterCalls.Add(batch.Calls);
        DeliveryLog.SetAside(log, batch.Id, batch.Calls, (int)answer.Status!, answer.Message);
        return true;
    }
}
