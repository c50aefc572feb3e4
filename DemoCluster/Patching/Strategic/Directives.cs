using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Patching.Strategic;

/// <summary>The names in a strategic merge patch that are not fields.</summary>
internal static class Directives
{
    public const string Patch = "$patch";
    public const string RetainKeys = "$retainKeys";
    public const string SetElementOrder = "$setElementOrder/";
    public const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList/";

    public const string Replace = "replace";
    public const string Delete = "delete";
    public const string Merge = "merge";

    public static bool IsDirective(string name) => name is Patch or RetainKeys;

    /// <summary>The value of <c>$patch</c>, <c>merge</c> when there is none.</summary>
    public static string PatchOf(JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(Patch, out var node))
        {
            return Merge;
        }

        var text = node is JsonValue value && value.TryGetValue<string>(out var word) ? word : "";
        return text is Replace or Delete or Merge
            ? text
            : throw ApiErrors.BadRequest($"unknown patch type found: {node?.ToJsonString() ?? "null"}; $patch must be replace, delete or merge");
    }
}
