namespace KubeLens.Gateway.Identity.Tokens.Oidc;

/// <summary>
/// Tokens that name the configured issuer are verified here and nowhere else; all others are the cluster's. The issuer is read
/// before anything is verified, which is safe: it only chooses who must be convinced.
/// </summary>
internal sealed class TokensByIssuer(string issuer, ITokenVerifier oidc, ITokenVerifier cluster) : ITokenVerifier
{
    public Task<TokenVerdict> VerifyAsync(string token, CancellationToken cancellationToken) =>
        (TokenClaims.Issuer(token) == issuer ? oidc : cluster).VerifyAsync(token, cancellationToken);
}
