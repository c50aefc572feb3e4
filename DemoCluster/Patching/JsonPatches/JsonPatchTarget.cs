using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Patching.JsonPatches;

/// <summary>The document a JSON patch changes, operation by operation.</summary>
internal sealed class JsonPatchTarget(JsonNode root)
{
    private int _copied;

    public JsonNode? Root { get; private set; } = root;

    public void Apply(JsonPatchOperation operation)
    {
        switch (operation.Verb)
        {
            case JsonPatchVerb.Add:
                Add(operation, operation.Value?.DeepClone());
                break;
            case JsonPatchVerb.Remove:
                Take(operation, operation.Path);
                break;
            case JsonPatchVerb.Replace:
                Replace(operation);
                break;
            case JsonPatchVerb.Move when operation.From.IsAbove(operation.Path):
                throw Problem(operation, "a value cannot move into itself");
            case JsonPatchVerb.Move:
                Add(operation, Take(operation, operation.From), mayDeepen: operation.Path.Tokens.Length > operation.From.Tokens.Length);
                break;
            case JsonPatchVerb.Copy:
                Add(operation, Copy(operation));
                break;
            case JsonPatchVerb.Test when !JsonNode.DeepEquals(Find(operation, operation.Path), operation.Value):
                throw Problem(operation, "testing value failed");
            default:
                break;
        }
    }

    private void Add(JsonPatchOperation operation, JsonNode? value, bool mayDeepen = true)
    {
        if (operation.Path.IsRoot)
        {
            Root = value;
            return;
        }

        if (mayDeepen)
        {
            RequireShallow(operation, value);
        }

        switch (Parent(operation, operation.Path, out var last))
        {
            case JsonObject fields:
                fields[last] = value;
                break;
            case JsonArray items when last == "-":
                items.Add(value);
                break;
            case JsonArray items:
                items.Insert(Index(operation, last, items.Count), value);
                break;
            default:
                throw Problem(operation, "doc is missing path");
        }
    }

    private void Replace(JsonPatchOperation operation)
    {
        var value = operation.Value?.DeepClone();
        if (operation.Path.IsRoot)
        {
            Root = value;
            return;
        }

        RequireShallow(operation, value);
        switch (Parent(operation, operation.Path, out var last))
        {
            case JsonObject fields when fields.ContainsKey(last):
                fields[last] = value;
                break;
            case JsonArray items:
                items[Index(operation, last, items.Count - 1)] = value;
                break;
            default:
                throw Problem(operation, "doc is missing key");
        }
    }

    private static void RequireShallow(JsonPatchOperation operation, JsonNode? value)
    {
        if (operation.Path.Tokens.Length + NodeDepth.Of(value) > PatchLimits.Depth)
        {
            throw Problem(operation, $"the object would be nested deeper than {PatchLimits.Depth}");
        }
    }

    private JsonNode? Take(JsonPatchOperation operation, JsonPointer path)
    {
        if (path.IsRoot)
        {
            throw Problem(operation, "the whole object cannot be removed");
        }

        switch (Parent(operation, path, out var last))
        {
            case JsonObject fields when fields.Remove(last, out var removed):
                return removed;
            case JsonArray items:
                var index = Index(operation, last, items.Count - 1);
                var item = items[index];
                items.RemoveAt(index);
                return item;
            default:
                throw Problem(operation, $"Unable to remove nonexistent key: {last}");
        }
    }

    private JsonNode? Copy(JsonPatchOperation operation)
    {
        var source = Find(operation, operation.From);
        _copied += source?.ToJsonString().Length ?? 4;
        return _copied <= PatchLimits.CopiedCharacters
            ? source?.DeepClone()
            : throw Problem(operation, $"the copies of one patch may hold {PatchLimits.CopiedCharacters} characters");
    }

    private JsonNode? Find(JsonPatchOperation operation, JsonPointer path) => path.IsRoot
        ? Root
        : Step(operation, Parent(operation, path, out var last), last);

    private JsonNode? Parent(JsonPatchOperation operation, JsonPointer path, out string last)
    {
        var node = Root;
        foreach (var token in path.Tokens.AsSpan(..^1))
        {
            node = Step(operation, node, token);
        }

        last = path.Tokens[^1];
        return node;
    }

    private static JsonNode? Step(JsonPatchOperation operation, JsonNode? node, string token) => node switch
    {
        JsonObject fields when fields.TryGetPropertyValue(token, out var value) => value,
        JsonArray items => items[Index(operation, token, items.Count - 1)],
        _ => throw Problem(operation, $"doc is missing path: {token}"),
    };

    private static int Index(JsonPatchOperation operation, string token, int last)
    {
        var plain = token is "0" || (token.Length > 0 && token[0] != '0');
        return plain && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last
            ? index
            : throw Problem(operation, $"Unable to access invalid index: {token}");
    }

    private static Api.ApiException Problem(JsonPatchOperation operation, string problem)
        => PatchErrors.Invalid($"{operation.Verb.ToString().ToLowerInvariant()} operation does not apply: {problem} (path \"{operation.Path.Text}\")");
}
