using System.Security.Cryptography;
using System.Text.Json;
using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Clusters;

/// <summary>Tells whether a cluster is still what it was: a hash over its settings and all that its kubeconfig says.</summary>
internal static class ClusterStamp
{
    public static string Of(ClusterPlan plan, KubeconfigContext context) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        plan,
        context.Name,
        context.Namespace,
        Cluster = context.Cluster with { Authorities = null },
        Authorities = context.Cluster.Authorities?.Select(authority => authority.Thumbprint),
        User = context.User with { Certificate = null },
        Certificate = context.User.Certificate?.Leaf.Thumbprint,
    })));
}
