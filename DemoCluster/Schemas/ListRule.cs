using System.Collections.Immutable;

namespace KubeLens.DemoCluster.Schemas;

/// <summary>How a list behaves in patches.</summary>
internal sealed record ListRule
{
    public static readonly ListRule Atomic = new();

    /// <summary><c>x-kubernetes-list-type</c>: how server-side apply merges.</summary>
    public ListKind Kind { get; init; }

    /// <summary><c>x-kubernetes-list-map-keys</c>: together they tell the items of a <see cref="ListKind.Map"/> apart.</summary>
    public ImmutableArray<string> MapKeys { get; init; } = [];

    /// <summary><c>x-kubernetes-patch-strategy: merge</c>: a strategic merge patch merges instead of replacing.</summary>
    public bool PatchMerges { get; init; }

    /// <summary><c>x-kubernetes-patch-merge-key</c>; empty for lists of plain values.</summary>
    public string PatchMergeKey { get; init; } = "";
}
