using System.Net;
using KubeLens.Gateway.Proxy;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>
/// Lets a request on when it names this gateway, no foreign web page sent it, and its caller showed a certificate that
/// the gateway issued. Everything was decided in the handshake: the way through is synchronous.
/// </summary>
internal sealed class CallerAuthenticationMiddleware(RequestDelegate next, HostPolicy hosts, IOptions<EndpointOptions> options, TimeProvider clock, ILogger<CallerAuthenticationMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!hosts.Allows(context.Request.Host.Value))
        {
            return RefuseAsync(context, HttpStatusCode.MisdirectedRequest, "MisdirectedRequest", $"the gateway does not answer to the name \"{context.Request.Host.Host}\". Use 127.0.0.1 or localhost, or add the name to Gateway:Names");
        }

        if (BrowserPolicy.Refusal(context.Request.Headers) is { } refusal)
        {
            return RefuseAsync(context, HttpStatusCode.Forbidden, "Forbidden", refusal);
        }

        if ((context.Features.Get<ICallerFeature>() is Caller caller && clock.GetUtcNow() < caller.NotAfter) || IsHealth(context.Request.Path))
        {
            return next(context);
        }

        var problem = context.Features.Get<RejectedCertificate>()?.Problem
            ?? (context.Features.Get<ICallerFeature>() is null ? "no client certificate was shown" : "the client certificate has expired");
        return RefuseAsync(context, HttpStatusCode.Unauthorized, "Unauthorized", $"{problem}. Use the kubeconfig that the gateway issued: export KUBECONFIG={options.Value.IssuedKubeconfig}");
    }

    private static bool IsHealth(PathString path) => path == "/health/live" || path == "/health/ready";

    private Task RefuseAsync(HttpContext context, HttpStatusCode code, string reason, string message)
    {
        logger.CallRefused((int)code, context.Connection.RemoteIpAddress, message);
        return KubernetesStatus.WriteAsync(context, (int)code, reason, $"kubelens gateway: {message}", context.RequestAborted);
    }
}
