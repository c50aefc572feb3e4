namespace KubeLens.Gateway.Clusters;

/// <summary>Which cluster a call is for; a feature of the request.</summary>
/// <param name="RawTarget">The request target as that cluster gets it, escapes kept.</param>
/// <param name="Prefix">What the gateway took off before it: <c>/clusters/prod</c>, or nothing.</param>
/// <param name="ByHost">Whether the <c>Host</c> of the request is one of the cluster's own.</param>
internal sealed record ServedCall(ServedCluster Cluster, string RawTarget, string Prefix, bool ByHost);
