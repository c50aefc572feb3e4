namespace KubeLens.DemoCluster.Tests.Patching.Real;

/// <summary>A patch to try on a real cluster and on ours.</summary>
/// <param name="Target">One of <see cref="PatchTargets.All"/>.</param>
internal sealed record PatchCase(string Name, string Target, string MediaType, string Patch)
{
    /// <summary>Who made the targets; another applier shares them.</summary>
    public const string Maker = "maker";

    public string Manager { get; init; } = Maker;
}
