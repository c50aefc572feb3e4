namespace KubeLens.DemoCluster.Objects;

/// <summary>What becomes of an object's dependents when it is deleted.</summary>
internal enum PropagationPolicy
{
    /// <summary>They go after it.</summary>
    Background,

    /// <summary>They go before it: it waits for those that block it.</summary>
    Foreground,

    /// <summary>They stay, without an owner.</summary>
    Orphan,
}
