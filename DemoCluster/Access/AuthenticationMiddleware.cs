using KubeLens.DemoCluster.Access.Tokens;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Audit;
using KubeLens.Gateway.Identity;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.DemoCluster.Access;

/// <summary>
/// Who calls: by client certificate, else by bearer token, else nobody, who may ask for health and version only. A
/// credential that does not hold is refused, never taken for none.
/// </summary>
internal sealed class AuthenticationMiddleware(RequestDelegate next, BearerTokens tokens, AuditWriter audit, TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<ApiRequest>();
        if (Authenticate(context, request.Info.Path) is not { } user)
        {
            var refusal = Refusals.Unauthorized();
            audit.AuthenticationFailed(context, request, refusal);
            return Responses.FailureAsync(context, refusal);
        }

        request.User = user;
        return next(context);
    }

    private DemoUser? Authenticate(HttpContext context, string path)
    {
        if (context.Features.Get<CertificateUser>() is { } shown)
        {
            return clock.GetUtcNow() < shown.NotAfter ? shown.User : null;
        }

        if (context.Features.Get<RejectedCertificate>() is not null)
        {
            return null;
        }

        var header = context.Request.Headers.Authorization.ToString();
        return header.Length == 0 ? (IsOpen(path) ? DemoUser.Anonymous : null)
            : header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? tokens.Verify(header[Scheme.Length..].Trim())
            : null;
    }

    private static bool IsOpen(string path) => path is "/healthz" or "/livez" or "/readyz" or "/version" or "/version/";
}
