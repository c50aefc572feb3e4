using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Clusters;

/// <summary>A cluster as the configuration has it.</summary>
/// <param name="Key">Where its settings are, for messages: <c>Cluster</c>, <c>Clusters:prod</c>.</param>
/// <param name="Name">In records; empty for the name of the kubeconfig's cluster.</param>
/// <param name="PathName">Its name below <c>/clusters/</c>; empty for the one behind the gateway's own address.</param>
internal sealed record ClusterPlan(string Key, string Name, string PathName, ClusterOptions Options)
{
    public bool IsDefault => PathName.Length == 0;
}
