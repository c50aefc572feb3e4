using System.Collections.Frozen;

namespace KubeLens.Gateway.Capture.Policy;

/// <summary>All rules of a moment.</summary>
/// <param name="Stamp">Same for the same settings.</param>
/// <param name="General">For clusters without rules of their own.</param>
/// <param name="Own">By the key of the cluster's settings: its own rules, then the general ones.</param>
/// <param name="Warnings">What is legal and looks wrong, one sentence each.</param>
internal sealed record PolicySet(string Stamp, CapturePolicy General, FrozenDictionary<string, CapturePolicy> Own, IReadOnlyList<string> Warnings)
{
    /// <param name="clusterKey"><c>Cluster</c>, <c>Clusters:prod</c>.</param>
    public CapturePolicy For(string clusterKey) => Own.Count > 0 && Own.TryGetValue(clusterKey, out var own) ? own : General;
}
