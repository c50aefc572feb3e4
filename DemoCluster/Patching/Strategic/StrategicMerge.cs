using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching.Strategic;

/// <summary>
/// A strategic merge patch: a merge patch that knows which lists merge by which key, and takes directives
/// (kubernetes/community, contributors/devel/sig-api-machinery/strategic-merge-patch.md).
/// </summary>
internal static class StrategicMerge
{
    /// <exception cref="Api.ApiException">400 for a malformed directive, 422 for a list item without its merge key.</exception>
    public static JsonObject Apply(JsonObject patch, JsonObject current, SchemaType type)
    {
        var result = current.DeepClone().AsObject();
        return Merge(result, patch, new FieldShape.Structure(type));
    }

    /// <summary>Changes <paramref name="target"/> and returns it, or what replaces it.</summary>
    public static JsonObject Merge(JsonObject target, JsonObject patch, FieldShape? shape)
    {
        switch (Directives.PatchOf(patch))
        {
            case Directives.Replace:
                return Clean(patch, shape);
            case Directives.Delete:
                return [];
        }

        RetainedKeys.Apply(target, patch);
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith(Directives.DeleteFromPrimitiveList, StringComparison.Ordinal))
            {
                PrimitiveDeletions.Apply(target, name[Directives.DeleteFromPrimitiveList.Length..], value);
            }
            else if (name.StartsWith(Directives.SetElementOrder, StringComparison.Ordinal))
            {
                Reorder(target, patch, name, value, shape);
            }
            else if (!Directives.IsDirective(name) && !patch.ContainsKey(Directives.SetElementOrder + name))
            {
                MergeField(target, name, value, FieldShapes.Of(shape, name));
            }
        }

        return target;
    }

    /// <summary>A value that meets nothing to merge with: without its directives and nulls.</summary>
    public static JsonObject Clean(JsonObject value, FieldShape? shape)
    {
        if (Directives.PatchOf(value) == Directives.Delete)
        {
            return [];
        }

        var copy = value.DeepClone().AsObject();
        copy.Remove(Directives.Patch);
        return Merge([], copy, shape);
    }

    private static void MergeField(JsonObject target, string name, JsonNode? value, FieldShape? shape)
    {
        switch (value)
        {
            case null:
                target.Remove(name);
                break;
            case JsonObject fields:
                var existing = target[name] as JsonObject;
                var merged = existing is null ? Clean(fields, shape) : Merge(existing, fields, shape);
                if (merged != existing)
                {
                    target[name] = merged;
                }

                break;
            case JsonArray items when shape is FieldShape.Sequence { Rule.PatchMerges: true } list:
                target[name] = StrategicList.Merge(target[name] as JsonArray ?? [], items, list, order: null);
                break;
            default:
                target[name] = value.DeepClone();
                break;
        }
    }

    private static void Reorder(JsonObject target, JsonObject patch, string directive, JsonNode? order, FieldShape? shape)
    {
        var name = directive[Directives.SetElementOrder.Length..];
        var list = FieldShapes.Of(shape, name) as FieldShape.Sequence;
        if (order is not JsonArray wanted || (patch.TryGetPropertyValue(name, out var changes) && changes is not null and not JsonArray))
        {
            throw ApiErrors.BadRequest($"{directive} must be a list, and so must {name} be");
        }

        if (changes is null && target[name] is not JsonArray)
        {
            return;
        }

        if (list is not { Rule.PatchMerges: true })
        {
            throw ApiErrors.BadRequest($"{directive}: {name} is not a list that merges");
        }

        target[name] = StrategicList.Merge(target[name] as JsonArray ?? [], changes as JsonArray ?? [], list, wanted);
    }
}
