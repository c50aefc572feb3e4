using KubeLens.Gateway.Identity.Tokens.Oidc;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

internal sealed class IdentityOptionsValidator(IOptions<ClusterOptions> cluster) : IValidateOptions<IdentityOptions>
{
    private const string Section = IdentityOptions.Section;
    private const string ModeKey = $"{ClusterOptions.Section}:{nameof(ClusterOptions.Identity)}";

    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        var mode = cluster.Value.Mode;
        List<string> problems = [.. Files(options, mode), .. Review(options, mode), .. Headers(options), .. Oidc(options.Oidc)];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Files(IdentityOptions options, IdentityMode mode)
    {
        if (mode == IdentityMode.FrontProxy && (options.FrontProxy.CertificateFile.Length == 0 || options.FrontProxy.KeyFile.Length == 0))
        {
            yield return $"{Section}:FrontProxy:CertificateFile and {Section}:FrontProxy:KeyFile must be set with {ModeKey}=front-proxy: give the client certificate that the apiserver's --requestheader-client-ca-file vouches for, and its key.";
        }
    }

    private static IEnumerable<string> Review(IdentityOptions options, IdentityMode mode)
    {
        if (!options.BelievesClaims && !options.Review.Equals(IdentityOptions.TokenReviewWord, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{Section}:{nameof(options.Review)} is \"{options.Review}\": give {IdentityOptions.TokenReviewWord} or {IdentityOptions.ClaimsWord}.";
        }
        else if (options.BelievesClaims && mode is IdentityMode.Impersonate or IdentityMode.FrontProxy)
        {
            yield return $"{Section}:{nameof(options.Review)} is claims, but with {ModeKey}={mode.Word()} the gateway vouches for its callers and cannot do so for what a token merely claims: give token-review.";
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
