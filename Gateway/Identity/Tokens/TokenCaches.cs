using KubeLens.Gateway.Identity.Tokens.Oidc;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>How a cluster knows the tokens of its callers.</summary>
internal static class TokenCaches
{
    /// <param name="reviewer">Asks the cluster itself.</param>
    /// <returns>Null where tokens do not count.</returns>
    public static TokenCache? For(IdentityMode mode, IdentityOptions options, ITokenVerifier reviewer, TimeProvider clock) => mode switch
    {
        IdentityMode.Credential => null,
        IdentityMode.Passthrough when options.BelievesClaims => new(new ClaimedTokens(), clock),
        IdentityMode.Impersonate or IdentityMode.FrontProxy when options.Oidc is { IsConfigured: true } oidc =>
            new(new TokensByIssuer(oidc.Issuer, new OidcVerifier(oidc, JwksSource.Of(oidc, clock), clock), reviewer), clock),
        _ => new(reviewer, clock),
    };
}
