namespace KubeLens.DemoCluster.Objects;

/// <summary>Which part of an object a write may touch; the rest stays as it was.</summary>
internal enum WritePart
{
    /// <summary>All but the status, for kinds with a status subresource.</summary>
    Main,

    /// <summary>The status alone.</summary>
    Status,

    /// <summary>A namespace's <c>spec.finalizers</c> alone.</summary>
    Finalize,
}
