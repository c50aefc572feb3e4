using System.Security.Claims;
using System.Text.Encodings.Web;
using KubeLens.Store.Access.Clusters;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>Bearer tokens (RFC 6750): those of files, of scripts, of apiservers and of sessions. Refusals are problem+json that says what is missing.</summary>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";

    /// <summary>The claim with the cluster that an apiserver speaks for.</summary>
    public const string ClusterClaim = "cluster";

    /// <summary>The claim with whom a bearer is of.</summary>
    public const string UserClaim = "user";

    private const string Prefix = "Bearer ";
    private const string RetryAfterSeconds = "1";

    // The handler is of one request.
    private string _unavailable = "";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var found = await tokens.FindAsync(header[Prefix.Length..].Trim(), Context.RequestAborted);
        _unavailable = found.Unavailable;
        if (found.Bearer is not { } bearer)
        {
            return AuthenticateResult.Fail(found.Problem);
        }

        var roles = StoreRoles.With(bearer.Role).Select(role => new Claim(ClaimTypes.Role, role.ToString()));
        Claim[] limit = bearer.OnlyCluster is { } cluster ? [new Claim(ClusterLimit.Claim, cluster)] : [];
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, bearer.Name), .. roles, new Claim(UserClaim, bearer.User), new Claim(ClusterClaim, bearer.Cluster), .. limit], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (_unavailable.Length > 0)
        {
            Response.Headers.RetryAfter = RetryAfterSeconds;
            await WriteAsync(StatusCodes.Status503ServiceUnavailable, _unavailable);
            return;
        }

        Response.Headers.WWWAuthenticate = failure is null ? SchemeName : $"{SchemeName} error=\"invalid_token\"";
        await WriteAsync(StatusCodes.Status401Unauthorized, failure?.Message ?? "The header \"Authorization: Bearer <token>\" is missing.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        WriteAsync(StatusCodes.Status403Forbidden, $"{Context.User.Identity?.Name} may not use {Request.Method} {Request.Path}: it is for the role {Wanted}.");

    private string Wanted => Context.GetEndpoint()?.Metadata.GetMetadata<AuthorizeAttribute>()?.Roles?.ToLowerInvariant() ?? "of nobody";

    private Task WriteAsync(int status, string detail) => Results.Problem(detail, statusCode: status).ExecuteAsync(Context);
}
