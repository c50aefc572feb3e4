using System.Threading.Channels;
using KubeLens.DemoCluster.Api;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Audit;

/// <summary>Events that wait for the webhook. Bounded: when it is full, what comes is dropped and counted.</summary>
internal sealed class AuditWriter(IOptions<AuditOptions> options, AuditMetrics metrics, TimeProvider clock)
{
    private readonly Channel<AuditEvent> _events = Channel.CreateBounded<AuditEvent>(
        new BoundedChannelOptions(options.Value.QueueLength) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public bool IsOn { get; } = options.Value.WebhookUrl.Length > 0;

    public ChannelReader<AuditEvent> Events => _events.Reader;

    /// <summary>Never waits.</summary>
    public void Write(AuditEvent entry)
    {
        if (!_events.Writer.TryWrite(entry))
        {
            metrics.Dropped.Add(1);
        }
    }

    /// <summary>A call that got no further than its credential: one event, as the API server writes it.</summary>
    public void AuthenticationFailed(HttpContext context, ApiRequest request, ApiException refusal)
    {
        if (IsOn)
        {
            var now = clock.GetUtcNow();
            Write(new AuditTrail(context, request, now).Event("ResponseStarted", now, AuditStatus.Of(refusal.Code, refusal)));
        }
    }

    /// <summary>No more will come; what waits is still handed out.</summary>
    public void Complete() => _events.Writer.TryComplete();
}
