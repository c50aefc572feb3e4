using System.Net;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Telemetry;

/// <summary>The gateway's process, with a collector that it tells everything soon.</summary>
public class TelemetryGateway : GatewayUnderTest
{
    internal OtlpReceiver Collector { get; private set; } = null!;

    /// <summary>Which of the collector's endpoints.</summary>
    private protected virtual Dictionary<string, string> Variables => Collector.Variables;

    public override async ValueTask InitializeAsync()
    {
        await StartCollectorAsync();
        foreach (var (name, value) in Variables)
        {
            Settings[name] = value;
        }

        Settings["OTEL_BSP_SCHEDULE_DELAY"] = Settings["OTEL_BLRP_SCHEDULE_DELAY"] = "100";
        Settings["OTEL_METRIC_EXPORT_INTERVAL"] = "300";
        await base.InitializeAsync();
    }

    /// <summary>For those who change it before the gateway tells it anything.</summary>
    private protected async Task StartCollectorAsync() => Collector ??= await OtlpReceiver.StartAsync(TestContext.Current.CancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Collector.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The spans of one call, once its SERVER span has come.</summary>
    internal async Task<IReadOnlyList<SeenSpan>> SpansOfAsync(string auditId, CancellationToken cancellationToken)
    {
        await Eventually.Async(() => Collector.Spans.Any(span => span.Kind == SeenSpan.Server && span["audit-id"] == auditId), cancellationToken, what: $"the span of {auditId}");
        return [.. Collector.Spans.Where(span => span["audit-id"] == auditId)];
    }

    /// <summary>Makes a call, waits for its record, and says what the upstream got.</summary>
    internal async Task<TracedCall> RecordAsync(HttpMethod method, string target, RequestDelegate script, CancellationToken cancellationToken, Action<HttpRequestMessage>? prepare = null)
    {
        var (auditId, parent, state) = ("", "", "");
        Upstream.Script = context =>
        {
            (auditId, parent, state) = (context.Request.Headers["Audit-ID"].ToString(), context.Request.Headers.TraceParent.ToString(), context.Request.Headers.TraceState.ToString());
            return script(context);
        };
        using var client = Client();
        using var request = new HttpRequestMessage(method, target) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.UserAgent.ParseAdd("probe/1.0");
        prepare?.Invoke(request);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            // The answer broke off.
        }

        return new TracedCall(auditId, parent, state, await Sink.SingleAsync(call => $"{call.AuditId}" == auditId, cancellationToken), []);
    }

    /// <summary>The same, with the spans that came.</summary>
    internal async Task<TracedCall> CallAsync(HttpMethod method, string target, RequestDelegate script, Action<HttpRequestMessage>? prepare = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var call = await RecordAsync(method, target, script, cancellationToken, prepare);
        return call with { Spans = await SpansOfAsync(call.AuditId, cancellationToken) };
    }
}
