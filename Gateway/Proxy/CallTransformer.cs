using System.Net;
using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Capture.Watches;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity.Tokens;
using KubeLens.Gateway.Telemetry;
using KubeLens.Gateway.Upstream.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace KubeLens.Gateway.Proxy;

/// <summary>
/// The few changes a call has on its way: what the cluster's identity mode says in place of the caller's credential, the gateway's own audit id,
/// and nothing that would let a client speak in the gateway's name. The target goes on byte for byte.
/// </summary>
internal sealed class CallTransformer(SessionOpener sessions, WatchOpener watches, CallMetrics metrics, IOptions<TelemetryOptions> telemetry, TimeProvider clock) : HttpTransformer
{
    private const string AuditIdHeader = "Audit-ID";
    private const string ForwardedForHeader = "X-Forwarded-For";
    private const int MaxClientAuditId = 128;

    // What a proxy before us may have said about the client: the apiserver would believe it of us.
    private static readonly string[] ProxyHeaders = [ForwardedForHeader, "X-Real-Ip", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto"];

    private static readonly UriCreationOptions ByteExact = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var exchange = httpContext.Features.GetRequiredFeature<CallExchange>();

        // The forwarder sends every upgrade as GET, but RBAC tells an SPDY exec's POST (create pods/exec) from a GET.
        if (exchange.IsUpgrade && HttpMethods.IsPost(httpContext.Request.Method))
        {
            proxyRequest.Method = HttpMethod.Post;
        }

        proxyRequest.RequestUri = Target(exchange.RawTarget, destinationPrefix) ?? proxyRequest.RequestUri;
        proxyRequest.Headers.Host = null; // the upstream's own, not the gateway's
        foreach (var name in ProxyHeaders)
        {
            proxyRequest.Headers.Remove(name);
        }

        foreach (var name in exchange.StripHeaders)
        {
            proxyRequest.Headers.Remove(name);
        }

        proxyRequest.Headers.Remove(AuditIdHeader);
        exchange.ClientAuditId = ClientAuditId(httpContext.Request.Headers[AuditIdHeader].ToString());
        proxyRequest.Headers.TryAddWithoutValidation(AuditIdHeader, exchange.AuditId.ToString());
        if (httpContext.Connection.RemoteIpAddress is { } address)
        {
            proxyRequest.Headers.TryAddWithoutValidation(ForwardedForHeader, address.ToString());
        }

        if (exchange.IsUpgrade)
        {
            BearerToken.RemoveProtocol(proxyRequest.Headers);
        }

        exchange.Span?.BeginUpstream(exchange.Method, exchange.Info);
        if (telemetry.Value.UpstreamTrace == UpstreamTrace.Span && exchange.Span?.Upstream is { } span)
        {
            TraceHeaders.Set(proxyRequest, span);
        }

        exchange.GoOnAs(await exchange.Cluster.Identity.ApplyAsync(proxyRequest, httpContext, cancellationToken));
        proxyRequest.Options.Set(UpstreamUse.Key, exchange.Upstream = new UpstreamUse(clock));
        exchange.Begun(answered: false);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var forward = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (forward && proxyResponse is not null)
        {
            await UnreadRequest.SettleAsync(httpContext, proxyResponse, clock, cancellationToken);
            var exchange = httpContext.Features.GetRequiredFeature<CallExchange>();
            if (proxyResponse.StatusCode == HttpStatusCode.SwitchingProtocols)
            {
                exchange.Upgraded(sessions, proxyResponse.Headers);
            }
            else if (proxyResponse.StatusCode == HttpStatusCode.OK && exchange.Info is { IsResourceRequest: true, Verb: "watch" })
            {
                exchange.Watched(watches, proxyResponse.Content.Headers, metrics.WatchOf(exchange.Info));
            }

            proxyResponse.Content = new ResponseTeeContent(proxyResponse.Content, exchange);
            PointBack(httpContext);
            exchange.Begun(answered: true);
        }

        return forward;
    }

    // Below /clusters/{name} the cluster's own root is elsewhere: a redirect of a proxied service must lead back here.
    private static void PointBack(HttpContext context)
    {
        var prefix = context.Features.GetRequiredFeature<ServedCall>().Prefix;
        if (prefix.Length > 0 && context.Response.Headers.Location.ToString() is ['/', not '/', ..] location)
        {
            context.Response.Headers.Location = prefix + location;
        }
    }

    // Absolute-form and asterisk targets do not start with a slash; the forwarder's own address serves those.
    private static Uri? Target(string rawTarget, string prefix) =>
        rawTarget.StartsWith('/') ? new Uri(string.Concat(prefix.AsSpan().TrimEnd('/'), rawTarget), in ByteExact) : null;

    private static string ClientAuditId(string value) =>
        value.Length <= MaxClientAuditId && value.All(c => c is > ' ' and < '\x7f') ? value : "";
}
