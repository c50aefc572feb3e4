using KubeLens.Gateway.Identity.Tokens.Oidc;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>What holds whichever cluster is meant; the rest is in <see cref="Clusters.ClusterRules"/>.</summary>
internal sealed class IdentityOptionsValidator : IValidateOptions<IdentityOptions>
{
    private const string Section = IdentityOptions.Section;

    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        List<string> problems = [.. Review(options), .. Headers(options), .. Oidc(options.Oidc)];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Review(IdentityOptions options)
    {
        if (!options.BelievesClaims && !options.Review.Equals(IdentityOptions.TokenReviewWord, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{Section}:{nameof(options.Review)} is \"{options.Review}\": give {IdentityOptions.TokenReviewWord} or {IdentityOptions.ClaimsWord}.";
        }

        if (!Enum.IsDefined(options.NestedImpersonation))
        {
            yield return $"{Section}:{nameof(options.NestedImpersonation)} is \"{options.NestedImpersonation}\": give refuse or check.";
        }
    }

    private static IEnumerable<string> Headers(IdentityOptions options)
    {
        for (var i = 0; i < options.StripHeaders.Count; i++)
        {
            if (options.StripHeaders[i].Length == 0 || options.StripHeaders[i].Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            {
                yield return $"{Section}:{nameof(options.StripHeaders)}:{i} is \"{options.StripHeaders[i]}\": give the name of a header.";
            }
        }
    }

    private static IEnumerable<string> Oidc(OidcOptions oidc)
    {
        if (!oidc.IsConfigured)
        {
            if (oidc.Audience.Length + oidc.JwksFile.Length + oidc.JwksUri.Length > 0)
            {
                yield return $"{Section}:Oidc:Issuer is empty: give the tokens' iss, as https://issuer.example.";
            }

            yield break;
        }

        if (oidc.Audience.Length == 0)
        {
            yield return $"{Section}:Oidc:Audience is empty: give the client id that tokens for this cluster are issued to, or tokens for any other service would count here.";
        }

        if (oidc.JwksFile.Length == 0 == (oidc.JwksUri.Length == 0))
        {
            yield return $"{Section}:Oidc:JwksFile or {Section}:Oidc:JwksUri must be set, and one only: where the issuer's keys are.";
        }

        if (oidc.JwksUri.Length > 0 && !(Uri.TryCreate(oidc.JwksUri, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))))
        {
            yield return $"{Section}:Oidc:JwksUri is \"{oidc.JwksUri}\": give an https address, since whoever could change the keys on their way could be anybody.";
        }

        if (oidc.UsernameClaim.Length == 0)
        {
            yield return $"{Section}:Oidc:UsernameClaim is empty: give the claim that names the user, as sub or email.";
        }
    }
}
