using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>The <c>immutable</c> flag of config maps and secrets: once set, neither it nor the data changes.</summary>
internal static class ImmutableData
{
    private const string Why = "field is immutable when `immutable` is set";

    public static void Validate(JsonObject value, JsonObject? old, InvalidCauses causes, params ReadOnlySpan<string> fields)
    {
        if (old is null || !old.Flag("immutable"))
        {
            return;
        }

        if (!value.Flag("immutable"))
        {
            causes.Forbidden("immutable", Why);
        }

        foreach (var field in fields)
        {
            if (!JsonNode.DeepEquals(old[field], value[field]))
            {
                causes.Forbidden(field, Why);
            }
        }
    }
}
