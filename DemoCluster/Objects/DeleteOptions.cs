namespace KubeLens.DemoCluster.Objects;

/// <summary>What of <c>meta.k8s.io/v1 DeleteOptions</c> the store acts on.</summary>
internal sealed record DeleteOptions
{
    /// <summary>Preconditions; empty when there are none.</summary>
    public string Uid { get; init; } = "";

    public string ResourceVersion { get; init; } = "";

    public PropagationPolicy Propagation { get; init; } = PropagationPolicy.Background;

    /// <summary>Of pods only; null takes the pod's own.</summary>
    public long? GracePeriodSeconds { get; init; }

    public bool DryRun { get; init; }
}
