using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Schemas;

/// <summary>Fields that a kind does not have.</summary>
internal static class UnknownFields
{
    /// <returns>Messages as the API server's: <c>unknown field "spec.foo"</c>.</returns>
    public static IReadOnlyList<string> Find(JsonObject value, ResourceKind kind) => [];
}
