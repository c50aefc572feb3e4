namespace KubeLens.Gateway.Identity.Tokens.Oidc;

/// <summary>Tokens of an OpenID Connect issuer, verified here. With <c>impersonate</c> and <c>front-proxy</c>. Section <c>Identity:Oidc</c>.</summary>
internal sealed class OidcOptions
{
    /// <summary>The tokens' <c>iss</c>, exactly. Empty: none count.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>What a token's <c>aud</c> must hold.</summary>
    public string Audience { get; set; } = "";

    /// <summary>File of the issuer's keys (a JSON Web Key Set); read again when it changes.</summary>
    public string JwksFile { get; set; } = "";

    /// <summary>Or where they are fetched, over https; again every ten minutes, and when a token names an unknown key.</summary>
    public string JwksUri { get; set; } = "";

    /// <summary>The claim that names the user. Of <c>email</c>, <c>email_verified</c> must not be false.</summary>
    public string UsernameClaim { get; set; } = "sub";

    /// <summary>
    /// Put before the user's name. As with kube-apiserver: empty means the issuer and <c>#</c>, except for <c>email</c>; <c>-</c> means nothing.
    /// </summary>
    public string UsernamePrefix { get; set; } = "";

    /// <summary>The claim with the groups, a text or a list. Empty: no groups.</summary>
    public string GroupsClaim { get; set; } = "";

    /// <summary>Put before each group.</summary>
    public string GroupsPrefix { get; set; } = "";

    public bool IsConfigured => Issuer.Length > 0;
}
