using System.Net;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace KubeLens.Gateway.Proxy;

/// <summary>
/// The end of the pipeline: sends a call to its cluster and the answer back, unchanged.
/// <code>
/// 1 refuse      what the impersonation policy forbids            → 403 Status (503 when the cluster cannot say)
///   answer      OPTIONS *, which speaks of the server itself      → 200
/// 2 forward     HTTP/2; HTTP/1.1 for upgrades and odd requests    → upstream's answer
/// 3 conclude    how it ended; answer for an upstream that failed  → 502, 503 or 504 Status
///               or whose refusal broke off before its first byte → that refusal: a Go server resets a request whose body reaches it after
///               its answer, and the HTTP client then throws the whole answer away
/// </code>
/// </summary>
internal sealed class CallForwarder(IHttpForwarder forwarder, CallTransformer transformer, ILogger<CallForwarder> log)
{
    // No time limit of the gateway's own: the apiserver ends watches, and a shell may idle.
    private static readonly ForwarderRequestConfig Multiplexed = Config(HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);

    // kube-apiserver has no extended CONNECT (RFC 8441), so WebSocket and SPDY upgrades need HTTP/1.1.
    private static readonly ForwarderRequestConfig Http1 = Config(HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);

    public async Task ForwardAsync(HttpContext context)
    {
        var exchange = context.Features.GetRequiredFeature<CallExchange>();

        // 1
        var impersonated = exchange.Cluster.Impersonation.Decide(context.Request.Headers);
        if (impersonated.Asks)
        {
            try
            {
                impersonated = await exchange.Cluster.Nested.DecideAsync(context, impersonated, context.RequestAborted);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                Ending.WithoutAnswer(exchange);
                return;
            }
        }

        if (impersonated.Refusal is { } refusal)
        {
            await AnswerAsync(context, impersonated.Status, impersonated.Status == StatusCodes.Status403Forbidden ? "Forbidden" : "ServiceUnavailable", refusal, CallOutcome.Refused);
            return;
        }

        if (exchange.RawTarget == "*")
        {
            context.Response.ContentLength = 0;
            return;
        }

        // 2
        exchange.StripHeaders = impersonated.Strip;
        exchange.IsUpgrade = !StringValues.IsNullOrEmpty(context.Request.Headers.Upgrade) || context.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true;
        using var cut = CutWhenRevoked(context);
        var version = exchange.IsUpgrade || WireVersion.IsHttp1(context.Request, exchange.Info, exchange.RawTarget) ? Http1 : Multiplexed;
        var error = await forwarder.SendAsync(context, exchange.Cluster.Upstream.Address.AbsoluteUri, exchange.Cluster.Invoker, version, transformer);

        // 3
        await ConcludeAsync(exchange, error);
    }

    // A watch or a shell may last for hours: it ends with the certificate that opened it.
    private static CancellationTokenRegistration CutWhenRevoked(HttpContext context) =>
        context.Features.Get<ICallerFeature>() is Caller { Revoked: { CanBeCanceled: true } revoked }
            ? revoked.UnsafeRegister(static call => ((HttpContext)call!).Abort(), context)
            : default;

    private async Task ConcludeAsync(CallExchange exchange, ForwarderError error)
    {
        var (context, cluster) = (exchange.Context, exchange.Cluster.Upstream);
        var failure = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        if (Ending.Find<CredentialException>(failure) is { } noCredential && !context.Response.HasStarted)
        {
            ProxyLog.NoCredential(log, cluster.Name, noCredential.Message);
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", noCredential.Message, CallOutcome.UpstreamUnreachable);
            return;
        }

        var outcome = Ending.Of(error, exchange.IsUpgrade);
        if (outcome == CallOutcome.UpstreamUnreachable && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            ProxyLog.Unreachable(log, cluster.Name, cluster.Address, Ending.Explain(failure));
            var (code, reason) = Ending.StatusFor(error);
            await AnswerAsync(context, code, reason, $"the gateway could not reach cluster \"{cluster.Name}\" at {cluster.Address}: {Ending.Explain(failure)}", outcome);
            return;
        }

        if (error == ForwarderError.ResponseBodyDestination && !context.Response.HasStarted && exchange.Upstream is { Status: >= StatusCodes.Status400BadRequest and var refused })
        {
            await AnswerAsync(context, refused, Ending.ReasonOf(refused), $"cluster \"{cluster.Name}\" answered {refused}, but its explanation broke off: {Ending.Explain(failure)}", outcome);
            return;
        }

        if (outcome == CallOutcome.ClientLeft && !context.Response.HasStarted)
        {
            Ending.WithoutAnswer(exchange);
        }

        exchange.Complete(outcome);
    }

    private static Task AnswerAsync(HttpContext context, int code, string reason, string message, CallOutcome outcome)
    {
        context.Response.Clear();
        return KubernetesStatus.WriteAsync(context, code, reason, message, outcome, context.RequestAborted);
    }

    private static ForwarderRequestConfig Config(Version version, HttpVersionPolicy policy) => new()
    {
        ActivityTimeout = Timeout.InfiniteTimeSpan,
        Version = version,
        VersionPolicy = policy,
        AllowResponseBuffering = false,
    };
}
