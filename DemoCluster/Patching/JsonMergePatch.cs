using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Patching;

/// <summary>RFC 7386: objects merge, null deletes, everything else replaces.</summary>
internal static class JsonMergePatch
{
    public static JsonObject Apply(JsonObject patch, JsonObject current)
    {
        var result = current.DeepClone().AsObject();
        Merge(result, patch);
        return result;
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject inner:
                    if (target[name] is not JsonObject existing)
                    {
                        target[name] = existing = [];
                    }

                    Merge(existing, inner);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }
    }
}
