using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>Bearer tokens (RFC 6750): the auditor's, the services', apiservers', and sessions'. Refusals are problem+json that says what is missing.</summary>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";

    /// <summary>The claim with the cluster that an apiserver speaks for.</summary>
    public const string ClusterClaim = "cluster";

    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (tokens.Find(header[Prefix.Length..].Trim(), out var problem) is not { } bearer)
        {
            return Task.FromResult(AuthenticateResult.Fail(problem));
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, bearer.Name), new Claim(ClaimTypes.Role, bearer.Role.ToString()), new Claim(ClusterClaim, bearer.Cluster)], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        Response.Headers.WWWAuthenticate = failure is null ? SchemeName : $"{SchemeName} error=\"invalid_token\"";
        await WriteAsync(StatusCodes.Status401Unauthorized, failure?.Message ?? "The header \"Authorization: Bearer <token>\" is missing.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        WriteAsync(StatusCodes.Status403Forbidden, $"{Context.User.Identity?.Name} may not use {Request.Method} {Request.Path}: it is for another role.");

    private Task WriteAsync(int status, string detail) => Results.Problem(detail, statusCode: status).ExecuteAsync(Context);
}
