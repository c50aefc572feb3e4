namespace KubeLens.DemoCluster.Schemas;

/// <summary><c>x-kubernetes-list-type</c>.</summary>
internal enum ListKind
{
    /// <summary>Owned and replaced as a whole.</summary>
    Atomic,

    /// <summary>Plain values, each owned by itself.</summary>
    Set,

    /// <summary>Objects told apart by key fields.</summary>
    Map,
}
