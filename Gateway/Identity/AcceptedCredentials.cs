using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity;

/// <summary>What a caller that is nobody is told to come with.</summary>
/// <param name="key">Of the mode.</param>
internal sealed class AcceptedCredentials(string key, IdentityMode mode, IdentityOptions identity, EndpointOptions endpoint)
{
    /// <summary>A sentence.</summary>
    public string Text { get; } = mode switch
    {
        IdentityMode.Credential => $"Use the kubeconfig that the gateway issued: export KUBECONFIG={endpoint.IssuedKubeconfig}",
        IdentityMode.Passthrough => $"A token of the cluster is needed: this gateway passes on the caller's own ({key}=passthrough), which a client certificate cannot be",
        _ => $"Accepted are a client certificate that this gateway issued{(identity.ClientCaFile.Length > 0 ? " or one of its configured client authorities" : "")}, a token of the cluster{(identity.Oidc.IsConfigured ? $", or one of the issuer {identity.Oidc.Issuer}" : "")}",
    };
}
