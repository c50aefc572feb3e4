using System.Collections.Immutable;

namespace KubeLens.DemoCluster.Patching;

internal static class PatchMediaTypes
{
    public const string Json = "application/json-patch+json";
    public const string Merge = "application/merge-patch+json";
    public const string Strategic = "application/strategic-merge-patch+json";
    public const string Apply = "application/apply-patch+yaml";

    public static readonly ImmutableArray<string> All = [Json, Merge, Strategic, Apply];
}
