using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Patching.JsonPatches;

/// <summary>One operation: <c>{"op":"replace","path":"/spec/replicas","value":3}</c>.</summary>
internal sealed record JsonPatchOperation(JsonPatchVerb Verb, JsonPointer Path)
{
    /// <summary>Of move and copy.</summary>
    public JsonPointer From { get; private init; } = JsonPointer.Root;

    /// <summary>Of add, replace and test; still part of the patch.</summary>
    public JsonNode? Value { get; private init; }

    public static JsonPatchOperation Read(JsonNode? node)
    {
        var fields = node as JsonObject ?? throw ApiErrors.BadRequest("error decoding patch: every operation is a JSON object");
        var name = Text(fields, "op");
        var verb = name switch
        {
            "add" => JsonPatchVerb.Add,
            "remove" => JsonPatchVerb.Remove,
            "replace" => JsonPatchVerb.Replace,
            "move" => JsonPatchVerb.Move,
            "copy" => JsonPatchVerb.Copy,
            "test" => JsonPatchVerb.Test,
            _ => throw PatchErrors.Invalid($"Unexpected kind: {name}; op must be add, remove, replace, move, copy or test"),
        };
        if (verb is JsonPatchVerb.Add or JsonPatchVerb.Replace && !fields.ContainsKey("value"))
        {
            throw ApiErrors.BadRequest($"error decoding patch: operation {name} needs a value");
        }

        return new JsonPatchOperation(verb, JsonPointer.Parse(Text(fields, "path")))
        {
            From = verb is JsonPatchVerb.Move or JsonPatchVerb.Copy ? JsonPointer.Parse(Text(fields, "from")) : JsonPointer.Root,
            Value = fields["value"],
        };
    }

    private static string Text(JsonObject fields, string name) => fields[name] is JsonValue value && value.TryGetValue<string>(out var text)
        ? text
        : throw ApiErrors.BadRequest($"error decoding patch: every operation needs a text \"{name}\"");
}
