namespace KubeLens.Gateway.Upstream;

/// <summary>Whom a cluster's apiserver sees when a call comes in through the gateway.</summary>
internal enum IdentityMode
{
    /// <summary>The owner of the kubeconfig, whoever calls: for one developer's machine.</summary>
    Credential,

    /// <summary>The caller, by its own bearer token, which goes on as it came.</summary>
    Passthrough,

    /// <summary>The caller, by <c>Impersonate-*</c> headers beside the gateway's own credential.</summary>
    Impersonate,

    /// <summary>The caller, by <c>X-Remote-*</c> headers beside the requestheader client certificate.</summary>
    FrontProxy,
}

internal static class IdentityModes
{
    /// <summary>The words of <c>Cluster:Identity</c>.</summary>
    public const string Words = "credential, passthrough, impersonate or front-proxy";

    public static IdentityMode? Parse(string word) => word.ToLowerInvariant() switch
    {
        "credential" => IdentityMode.Credential,
        "passthrough" => IdentityMode.Passthrough,
        "impersonate" => IdentityMode.Impersonate,
        "front-proxy" => IdentityMode.FrontProxy,
        _ => null,
    };

    public static string Word(this IdentityMode mode) => mode == IdentityMode.FrontProxy ? "front-proxy" : mode.ToString().ToLowerInvariant();
}
