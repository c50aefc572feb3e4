namespace KubeLens.Gateway.Upstream;

/// <summary>The words of <c>CallRecord.UserSource</c>: how it is known whom the apiserver sees.</summary>
internal static class UserSources
{
    /// <summary>Subject of a client certificate: the gateway's own, or the caller's after it was verified.</summary>
    public const string Certificate = "certificate";

    /// <summary>The cluster said so of the caller's token.</summary>
    public const string TokenReview = "token-review";

    /// <summary>Claims of a token whose signature the gateway verified with the issuer's keys.</summary>
    public const string Oidc = "oidc";

    /// <summary>Claims of a token that nobody has verified on this side.</summary>
    public const string TokenClaims = "token-claims";

    /// <summary>The kubeconfig names the user.</summary>
    public const string Kubeconfig = "kubeconfig";

    /// <summary>The caller asked to act as this user, and the cluster said that it may.</summary>
    public const string Impersonation = "impersonation";

    public const string Unknown = "unknown";
}
