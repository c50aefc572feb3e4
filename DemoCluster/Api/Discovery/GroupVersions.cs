using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Api.Discovery;

/// <summary>The served groups and versions, the preferred version of a group first, and what is in them.</summary>
internal static class GroupVersions
{
    public static readonly IReadOnlyList<(string Group, string Version)> All =
        [.. ResourceKinds.All.Select(kind => (kind.Group, kind.Version)).Distinct()];

    public static IEnumerable<string> VersionsOf(string group) => All.Where(entry => entry.Group == group).Select(entry => entry.Version);

    public static IReadOnlyList<ResourceKind> KindsOf(string group, string version) =>
        [.. ResourceKinds.All.Where(kind => kind.Group == group && kind.Version == version).OrderBy(kind => kind.Resource, StringComparer.Ordinal)];
}
