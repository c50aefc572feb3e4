using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Delivery;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Spool;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Capture.Open;

/// <summary>
/// Tells the Store which calls run:
/// <code>
/// every 250 ms      calls that have run for 250 ms and were not told yet
/// every OpenUpdate  calls whose byte counts changed, or that the Store did not take; the lease, which covers all others and
///                   says how far the spool is delivered
/// </code>
/// One message is under way at a time. When the Store does not take it, the round ends, what is left of it is counted, and the next
/// <c>OpenUpdate</c> tells how things are then.
/// </summary>
internal sealed class OpenCallWorker(OpenCalls calls, StoreClient store, ICallSpool spool, DeliveryProgress progress, IOptions<EndpointOptions> endpoint, IOptions<CaptureOptions> options, TimeProvider clock, ILogger<OpenCallWorker> log) : BackgroundService
{
    /// <summary>Most calls in one message.</summary>
    public const int MessageCalls = 500;

    /// <summary>How long a call runs before it is told.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly BatchEncoder _encoder = new(spool.Boot);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        var updated = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                progress.Look();
                var fresh = calls.TakeNew(Look, clock);
                if (clock.GetElapsedTime(updated) < options.Value.OpenUpdate)
                {
                    await TellAsync(fresh, stoppingToken);
                    continue;
                }

                updated = clock.GetTimestamp();

                // The fresh ones are among all.
                await TellAsync([.. calls.All.Where(call => !call.IsKnown && clock.GetElapsedTime(call.StartTimestamp) >= Look)], stoppingToken, lease: true);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // All calls end now, and are recorded.
        }
    }

    private async Task TellAsync(List<OpenCall> changed, CancellationToken cancellationToken, bool lease = false)
    {
        for (var told = 0; told < changed.Count || lease; told += MessageCalls, lease = false)
        {
            var message = new OpenCallMessage(_encoder, new GatewayLease(endpoint.Value.Name, spool.Boot, options.Value.OpenUpdate, progress.Until), clock);
            foreach (var call in changed.Skip(told).Take(MessageCalls).Where(call => call.TryAnnounce()))
            {
                message.Add(call);
            }

            var answer = await store.SendAsync(message.Finish(), cancellationToken);
            if (DeliveryRetry.Judge(answer.Status, attempt: 1) != DeliveryVerdict.Accepted)
            {
                CaptureMetrics.OpenDropped(changed.Count - told);
                CaptureLog.OpenNotTaken(log, changed.Count - told, answer.Message);
                return;
            }

            message.Accepted();
            CaptureMetrics.OpenTold(message.Calls);
        }
    }
}
