namespace KubeLens.DemoCluster.Tests.Differential;

/// <summary>A command that the demo cluster answers in another shape than the real one, for a good reason.</summary>
/// <param name="Why">For whoever reads this list.</param>
internal sealed record Difference(string Command, string Why)
{
    /// <summary>The minor version of the oldest kubectl that shows it.</summary>
    public int OldestKubectl { get; init; }

    /// <summary>The minor version of the newest real cluster that shows it: the demo cluster is a 1.32.</summary>
    public int NewestServer { get; init; } = 99;

    /// <summary>It hangs on how the real cluster was set up, so that it may also be missing.</summary>
    public bool MayAgree { get; init; }

    public bool IsFor(int kubectl, int server) => kubectl >= OldestKubectl && server <= NewestServer;
}
