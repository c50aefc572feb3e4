using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>Names the items of a list that are owned one by one.</summary>
internal static class ListSteps
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>k:{"containerPort":80,"protocol":"TCP"}</c>, <c>v:"x"</c>; null for an item that lacks a key.</summary>
    public static string? Of(JsonNode? item, FieldShape.Sequence list)
    {
        if (list.Rule.Kind == ListKind.Set)
        {
            return $"v:{item?.ToJsonString(Plain) ?? "null"}";
        }

        var keys = new JsonObject();
        foreach (var name in list.Rule.MapKeys.Order(StringComparer.Ordinal))
        {
            if ((item as JsonObject)?[name]?.DeepClone() is { } value)
            {
                keys[name] = value;
            }
            else if (DefaultOf(list, name) is { Length: > 0 } missing)
            {
                keys[name] = missing;
            }
            else
            {
                return null;
            }
        }

        return $"k:{keys.ToJsonString(Plain)}";
    }

    private static string? DefaultOf(FieldShape.Sequence list, string name) => (list.Item as FieldShape.Structure)?.Type.Find(name)?.Default;
}
