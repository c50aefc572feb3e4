using System.Globalization;
using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Query;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Conditions;

namespace KubeLens.Store.Objects;

/// <summary>
/// A path as a term on <c>changed</c> names it: written as <see cref="ObjectPath"/> writes paths, with wildcards within a part, and items of lists left out where any will do.
/// <code>
/// spec.replicas   spec.template.spec.containers.image   spec.template.spec.containers[name=web].image   metadata.labels["app.kubernetes.io/name"]   spec.*.image
/// </code>
/// </summary>
internal sealed class ChangedPath
{
    private readonly List<Part> _parts = [];

    /// <param name="value">As it was written.</param>
    /// <param name="isLiteral">Without wildcards.</param>
    public ChangedPath(QueryValue value, bool isLiteral)
    {
        var (text, isWild) = (value.Text, value.HasWildcards && !isLiteral);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '[' && PartEnd(text, at) is > 0 and var end)
            {
                _parts.Add(Bracketed(text[(at + 1)..end]));
                at = end + 1;
            }
            else
            {
                var next = text.AsSpan(at + 1).IndexOfAny('.', '[') is >= 0 and var found ? at + 1 + found : text.Length;
                var name = text[at..next].TrimStart('.');
                if (name.Length > 0)
                {
                    _parts.Add(new Part(isWild ? TextMatch.Glob(name) : new TextTest(TextTestKind.Equal, name)));
                }

                at = next;
            }
        }
    }

    /// <summary>Whether the place is at the path, within what is there, or holds it as a part of what was added or went as a whole.</summary>
    public bool Has(ChangedPlace place) => _parts.Count > 0 && Has(place, part: 0, step: 0);

    private bool Has(ChangedPlace place, int part, int step)
    {
        if (part == _parts.Count)
        {
            return true;
        }

        if (step == place.Path.Count)
        {
            return (place.Before is { } before && IsIn(before, part)) || (place.After is { } after && IsIn(after, part));
        }

        var (name, key) = place.Path[step];
        return (_parts[part].Key, key) switch
        {
            (null, null) => _parts[part].Passes(name) && Has(place, part + 1, step + 1),
            (null, _) => Has(place, part, step + 1),
            (_, null) => false,
            var (wanted, has) => wanted == has && _parts[part].Passes(name) && Has(place, part + 1, step + 1),
        };
    }

    private bool IsIn(JsonElement value, int part)
    {
        if (part == _parts.Count)
        {
            return true;
        }

        var wanted = _parts[part];
        return (value.ValueKind, wanted.Key) switch
        {
            (JsonValueKind.Object, null) => value.EnumerateObject().Any(member => wanted.Passes(member.Name) && IsIn(member.Value, part + 1)),
            (JsonValueKind.Array, null) => value.EnumerateArray().Any(item => IsIn(item, part)),
            (JsonValueKind.Array, "") => value.EnumerateArray().Where((_, i) => wanted.Passes(i.ToString(CultureInfo.InvariantCulture))).Any(item => IsIn(item, part + 1)),
            (JsonValueKind.Array, { } key) => value.EnumerateArray().Any(item => wanted.Passes(item.Member(key).Text()) && IsIn(item, part + 1)),
            _ => false,
        };
    }

    // ["a.b"], [name=web], [name="a b"], [0]; a bracket within quotes ends nothing. 0 where it is not closed.
    private static int PartEnd(string text, int at)
    {
        var isQuoted = false;
        for (var i = at + 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when isQuoted:
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ']' when !isQuoted:
                    return i;
            }
        }

        return 0;
    }

    private static Part Bracketed(string inner)
    {
        if (Unquoted(inner) is { } member)
        {
            return new Part(new TextTest(TextTestKind.Equal, member));
        }

        var equals = inner.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? inner : inner[(equals + 1)..];
        return new Part(new TextTest(TextTestKind.Equal, Unquoted(name) ?? name), equals < 0 ? "" : inner[..equals]);
    }

    private static string? Unquoted(string text)
    {
        if (text is not ['"', .., '"'])
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(text).GetString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return text[1..^1];
        }
    }

    /// <param name="Test">Of the name of a member, or of what an item goes by.</param>
    /// <param name="Key">As in <see cref="PathStep"/>.</param>
    private sealed record Part(TextTest Test, string? Key = null)
    {
        public bool Passes(string name) => Test.Passes(Encoding.UTF8.GetBytes(name));
    }
}
