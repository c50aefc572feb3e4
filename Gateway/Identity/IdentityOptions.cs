using KubeLens.Gateway.Identity.Tokens.Oidc;

namespace KubeLens.Gateway.Identity;

/// <summary>Whose credentials count, and how callers' identities go on. Section <c>Identity</c>.</summary>
internal sealed class IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>
    /// PEM file of authorities whose client certificates count besides the gateway's own: CN is the user, each O a group. Empty: none.
    /// Never the kubeconfig's certificate-authority, which vouches for servers.
    /// </summary>
    public string ClientCaFile { get; set; } = "";

    /// <summary>
    /// With <c>passthrough</c>, how the record knows the user of a token: <c>token-review</c> asks the cluster; <c>claims</c> believes
    /// the token, says so in the record, and leaves its check to the apiserver.
    /// </summary>
    public string Review { get; set; } = TokenReviewWord;

    /// <summary>With <c>impersonate</c>, what becomes of a caller's own <c>kubectl --as</c>.</summary>
    public NestedImpersonation NestedImpersonation { get; set; } = NestedImpersonation.Refuse;

    /// <summary>Header names that clients may not send on, besides <c>X-Remote-*</c>: those of an apiserver with other requestheader names.</summary>
    public IList<string> StripHeaders { get; } = [];

    /// <summary>Tokens of an OpenID Connect issuer.</summary>
    public OidcOptions Oidc { get; set; } = new();

    /// <summary>With <c>front-proxy</c>, what the gateway proves itself with.</summary>
    public FrontProxyOptions FrontProxy { get; set; } = new();

    public bool BelievesClaims => Review.Equals(ClaimsWord, StringComparison.OrdinalIgnoreCase);

    public const string TokenReviewWord = "token-review";
    public const string ClaimsWord = "claims";
}
