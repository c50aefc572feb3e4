using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>What must hold of a configuration before it is applied.</summary>
internal static class AppliedConfiguration
{
    /// <exception cref="Api.ApiException">400 or 422 that names the field.</exception>
    public static void Check(JsonObject applied, ResourceKind kind, string manager)
    {
        if (manager.Length == 0)
        {
            throw PatchErrors.Invalid("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
        }

        var given = (Text(applied["apiVersion"]), Text(applied["kind"]));
        if (given != (kind.ApiVersion, kind.Kind))
        {
            throw ApiErrors.BadRequest($"the applied configuration must say apiVersion: {kind.ApiVersion} and kind: {kind.Kind}, and says \"{given.Item1}\" and \"{given.Item2}\"");
        }

        if (applied["metadata"] is not JsonObject metadata)
        {
            throw ApiErrors.BadRequest("the applied configuration must have metadata, with its name");
        }

        if (metadata["managedFields"] is not (null or JsonArray { Count: 0 }))
        {
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        }

        if (UnknownFields.Find(applied, kind) is [var unknown, ..])
        {
            throw Problem(kind, unknown.Replace("unknown field \"", ".", StringComparison.Ordinal).Replace("\"", ": field not declared in schema", StringComparison.Ordinal));
        }

        CheckLists(applied, new FieldShape.Structure(SchemaCatalog.Of(kind)), "", kind);
    }

    /// <summary>Takes out what a configuration may carry, mostly as null, but cannot change.</summary>
    public static void Strip(JsonObject applied)
    {
        foreach (var name in (string[])["managedFields", "creationTimestamp", "generation", "selfLink"])
        {
            applied["metadata"]!.AsObject().Remove(name);
        }
    }

    /// <summary>Items of lists that merge need their keys, each once.</summary>
    private static void CheckLists(JsonNode? value, FieldShape? shape, string path, ResourceKind kind)
    {
        switch (value, shape)
        {
            case (JsonObject fields, _) when !ShapeRules.IsLeaf(value, shape):
                foreach (var (name, field) in fields)
                {
                    CheckLists(field, FieldShapes.Of(shape, name), $"{path}.{name}", kind);
                }

                break;
            case (JsonArray items, FieldShape.Sequence list) when !ShapeRules.IsLeaf(value, shape):
                var seen = new HashSet<string>();
                for (var i = 0; i < items.Count; i++)
                {
                    var step = ListSteps.Of(items[i], list)
                        ?? throw Problem(kind, $"{path}: element {i}: associative list with keys has an element that omits key field \"{Missing(items[i], list)}\"");
                    if (!seen.Add(step))
                    {
                        throw Problem(kind, $"{path}: duplicate entries for key {step[2..]}");
                    }

                    CheckLists(items[i], list.Item, $"{path}[{i}]", kind);
                }

                break;
        }
    }

    private static string Missing(JsonNode? item, FieldShape.Sequence list) => list.Rule.MapKeys.First(key => (item as JsonObject)?[key] is null);

    private static Api.ApiException Problem(ResourceKind kind, string problem)
        => ApiErrors.BadRequest($"failed to create typed patch object ({kind.ApiVersion}, Kind={kind.Kind}): {problem}");

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
