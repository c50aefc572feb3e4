using KubeLens.Gateway.Upstream;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace KubeLens.Gateway.Identity.Tokens.Oidc;

/// <summary>Verifies a token of an OpenID Connect issuer by the issuer's keys: signature, issuer, audience, time.</summary>
/// <remarks><see href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens"/></remarks>
internal sealed class OidcVerifier(OidcOptions options, JwksSource keys, TimeProvider clock) : ITokenVerifier
{
    // An algorithm list, not a block list: "none" and signatures by shared secrets are refused by not being here.
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256];
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly OidcUser _user = new(options);

    public async Task<TokenVerdict> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var result = await _handler.ValidateTokenAsync(token, Parameters(await keys.GetAsync(cancellationToken)));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await keys.RenewAsync(cancellationToken))
        {
            result = await _handler.ValidateTokenAsync(token, Parameters(await keys.GetAsync(cancellationToken)));
        }

        if (!result.IsValid)
        {
            // The exception's own text may quote the token.
            return TokenVerdict.Refuse(Problem(result.Exception));
        }

        var (now, times) = (clock.GetUtcNow(), TokenTimes.Of(token));
        return times.Expires is not { } expires ? TokenVerdict.Refuse("the token says no end (exp)")
            : now >= expires + Skew ? TokenVerdict.Refuse("the token has expired")
            : times.NotBefore > now + Skew ? TokenVerdict.Refuse("the token is not valid yet")
            : _user.Read(token, expires);
    }

    private TokenValidationParameters Parameters(IReadOnlyList<SecurityKey> signing) => new()
    {
        ValidIssuer = options.Issuer,
        ValidAudience = options.Audience,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        IssuerSigningKeys = signing,
        // By the gateway's own clock, after.
        ValidateLifetime = false,
    };

    private string Problem(Exception? exception) => exception switch
    {
        SecurityTokenInvalidAudienceException => $"the token is not for this cluster (aud is not {options.Audience})",
        SecurityTokenInvalidIssuerException => $"the token is not of the issuer {options.Issuer}",
        SecurityTokenInvalidAlgorithmException => "the token is signed with an algorithm other than RS256 and ES256",
        SecurityTokenSignatureKeyNotFoundException => $"the token is signed with a key that {options.Issuer} does not have",
        SecurityTokenInvalidSignatureException => "the token's signature is wrong or missing",
        _ => "the token cannot be read",
    };
}
