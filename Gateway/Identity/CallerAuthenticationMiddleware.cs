using System.Net;
using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Proxy;
using KubeLens.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Identity;

/// <summary>
/// Lets a request on when it names this gateway, no foreign web page sent it, and its caller is somebody. A certificate was
/// judged in the handshake: the way through is synchronous.
/// </summary>
internal sealed class CallerAuthenticationMiddleware(RequestDelegate next, HostPolicy hosts, ILogger<CallerAuthenticationMiddleware> logger)
{
    private const string RetryAfterSeconds = "1";

    public Task InvokeAsync(HttpContext context)
    {
        var call = context.Features.GetRequiredFeature<ServedCall>();
        if (hosts.Refusal(context, call) is { } misdirected)
        {
            return RefuseAsync(context, HttpStatusCode.MisdirectedRequest, "MisdirectedRequest", misdirected);
        }

        if (BrowserPolicy.Refusal(context.Request.Headers) is { } refusal)
        {
            return RefuseAsync(context, HttpStatusCode.Forbidden, "Forbidden", refusal);
        }

        if (IsHealth(context.Request.Path))
        {
            return next(context);
        }

        context.Features.Get<CallExchange>()?.Span?.BeginAuthentication();
        var verdict = call.Cluster.Callers.AuthenticateAsync(context);
        return verdict.IsCompletedSuccessfully ? ConcludeAsync(context, verdict.Result) : AwaitAsync(context, verdict);
    }

    private static bool IsHealth(PathString path) => path == "/health/live" || path == "/health/ready";

    private async Task AwaitAsync(HttpContext context, ValueTask<CallerVerdict> asked)
    {
        CallerVerdict verdict;
        try
        {
            verdict = await asked;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (context.Features.Get<CallExchange>() is { } exchange)
            {
                Ending.WithoutAnswer(exchange);
            }

            return;
        }

        await ConcludeAsync(context, verdict);
    }

    private Task ConcludeAsync(HttpContext context, CallerVerdict verdict)
    {
        if (context.Features.Get<CallExchange>()?.Span is { } span)
        {
            Tell(span, context, verdict);
        }

        if (verdict.Caller is not null)
        {
            return next(context);
        }

        if (verdict.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return RefuseAsync(context, HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", verdict.Problem);
        }

        return RefuseAsync(context, HttpStatusCode.Unauthorized, "Unauthorized", $"{verdict.Problem}. {context.Features.GetRequiredFeature<ServedCall>().Cluster.Accepted.Text}");
    }

    private static void Tell(CallSpan span, HttpContext context, CallerVerdict verdict)
    {
        var result = verdict.Caller is not null ? "accepted" : verdict.Status == StatusCodes.Status503ServiceUnavailable ? "unavailable" : "refused";
        span.EndAuthentication(result, context.Features.Get<ICallerFeature>()?.Name, verdict.Caller is null ? result : null);
    }

    private Task RefuseAsync(HttpContext context, HttpStatusCode code, string reason, string message)
    {
        logger.CallRefused((int)code, context.Connection.RemoteIpAddress, message);
        return KubernetesStatus.WriteAsync(context, (int)code, reason, $"kubelens gateway: {message}", context.RequestAborted);
    }
}
