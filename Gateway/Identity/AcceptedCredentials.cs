using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>What a caller that is nobody is told to come with.</summary>
internal sealed class AcceptedCredentials(IOptions<ClusterOptions> cluster, IOptions<IdentityOptions> identity, IOptions<EndpointOptions> endpoint)
{
    /// <summary>A sentence.</summary>
    public string Text { get; } = cluster.Value.Mode switch
    {
        IdentityMode.Credential => $"Use the kubeconfig that the gateway issued: export KUBECONFIG={endpoint.Value.IssuedKubeconfig}",
        IdentityMode.Passthrough => "A token of the cluster is needed: this gateway passes on the caller's own (Cluster:Identity=passthrough), which a client certificate cannot be",
        _ => $"Accepted are a client certificate that this gateway issued{(identity.Value.ClientCaFile.Length > 0 ? " or one of its configured client authorities" : "")}, a token of the cluster{(identity.Value.Oidc.IsConfigured ? $", or one of the issuer {identity.Value.Oidc.Issuer}" : "")}",
    };
}
