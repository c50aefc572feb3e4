using System.Text.Json;

namespace KubeLens.Store.Objects;

/// <summary>
/// What the body of a patch says anything of. Of lists no items are told apart: whoever sends an item touches the list.
/// <code>
/// {"spec":{"replicas":5,"template":null}}                         merge, strategic merge and apply patch
/// [{"op":"replace","path":"/spec/replicas","value":5}]            JSON patch
/// {"spec":{"$setElementOrder/containers":[…],"containers":[…]}}   directives of a strategic merge patch
/// </code>
/// </summary>
internal sealed class TouchedPaths
{
    private static readonly string[] ListDirectives = ["$setElementOrder/", "$deleteFromPrimitiveList/"];

    private readonly Dictionary<string, TouchedPaths> _members = new(StringComparer.Ordinal);
    private bool _isAll;

    /// <summary>Null for what is no patch.</summary>
    public static TouchedPaths? Of(JsonElement patch)
    {
        var touched = new TouchedPaths();
        switch (patch.ValueKind)
        {
            case JsonValueKind.Object:
                touched.AddMembers(patch);
                return touched;
            case JsonValueKind.Array:
                touched.AddOperations(patch);
                return touched;
            default:
                return null;
        }
    }

    /// <summary>Whether what is at the path, or something in it, was touched.</summary>
    public bool Has(IEnumerable<PathStep> path)
    {
        var at = this;
        foreach (var step in path)
        {
            if (at._isAll)
            {
                return true;
            }

            if (step.Key is not null || !at._members.TryGetValue(step.Name, out var next))
            {
                return false;
            }

            at = next;
        }

        return true;
    }

    private void AddMembers(JsonElement patch)
    {
        foreach (var member in patch.EnumerateObject())
        {
            if (ListDirectives.FirstOrDefault(directive => member.Name.StartsWith(directive, StringComparison.Ordinal)) is { } directive)
            {
                Enter(member.Name[directive.Length..])._isAll = true;
            }
            else if (member.Name.StartsWith('$'))
            {
                _isAll = true; // $patch: replace, $retainKeys
            }
            else if (member.Value.ValueKind == JsonValueKind.Object && member.Value.EnumerateObject().Any())
            {
                Enter(member.Name).AddMembers(member.Value);
            }
            else
            {
                Enter(member.Name)._isAll = true;
            }
        }
    }

    private void AddOperations(JsonElement patch)
    {
        foreach (var operation in patch.EnumerateArray())
        {
            var op = operation.Member("op").Text();
            if (op != "test" && operation.Member("path") is { ValueKind: JsonValueKind.String } path)
            {
                AddPointer(path.GetString()!);
            }

            if (op == "move" && operation.Member("from") is { ValueKind: JsonValueKind.String } from)
            {
                AddPointer(from.GetString()!);
            }
        }
    }

    // /spec/template/spec/containers/0/image (RFC 6901): what looks like a place in a list ends it.
    private void AddPointer(string pointer)
    {
        var at = this;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            if (part == "-" || part.All(char.IsAsciiDigit))
            {
                break;
            }

            at = at.Enter(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        at._isAll = true;
    }

    private TouchedPaths Enter(string name)
    {
        if (!_members.TryGetValue(name, out var next))
        {
            _members[name] = next = new TouchedPaths();
        }

        return next;
    }
}
