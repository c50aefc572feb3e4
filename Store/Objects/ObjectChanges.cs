using System.Globalization;
using System.Text.Json;
using KubeLens.Contracts.Search;

namespace KubeLens.Store.Objects;

/// <summary>
/// What differs between two states of an object, ordered by path, member by member.
/// Items of lists are paired by their <c>name</c> (of <c>conditions</c> by their <c>type</c>), where all items on both sides have one and none has it twice, else by place. What was added or
/// went as a whole is one change. Values that are redacted differ where their fingerprints do. Of a member that an object has twice, the last one counts.
/// </summary>
internal sealed class ObjectChanges
{
    /// <summary>So many are told; the others are counted.</summary>
    public const int Most = 50;

    private static readonly string[] Bookkeeping = ["managedFields", "resourceVersion", "generation"];

    private readonly List<ObjectChange> _first = [];
    private readonly List<ChangedPlace> _places = [];
    private readonly List<PathStep> _path = [];
    private readonly TouchedPaths? _touched;

    private ObjectChanges(TouchedPaths? touched) => _touched = touched;

    public IReadOnlyList<ObjectChange> First => _first;

    /// <summary>All of them, of whatever length.</summary>
    public IReadOnlyList<ChangedPlace> Places => _places;

    /// <summary>How many.</summary>
    public int Count => _places.Count;

    /// <summary>Of those, how many are within <c>status</c>.</summary>
    public int OfStatus { get; private set; }

    /// <summary>Of those, how many are within <c>metadata</c>.</summary>
    public int OfMetadata { get; private set; }

    /// <summary>Of those, how many a request touched.</summary>
    public int Touched { get; private set; }

    /// <param name="before">An object.</param>
    /// <param name="after">An object.</param>
    /// <param name="touched">By the request; null when that is not known.</param>
    public static ObjectChanges Between(JsonElement before, JsonElement after, TouchedPaths? touched)
    {
        var changes = new ObjectChanges(touched);
        changes.Compare(before, after);
        return changes;
    }

    /// <summary>The same of one value.</summary>
    public static ObjectChanges At(IEnumerable<PathStep> path, JsonElement before, JsonElement after, TouchedPaths? touched)
    {
        var changes = new ObjectChanges(touched);
        changes._path.AddRange(path);
        changes.Compare(before, after);
        return changes;
    }

    private void Compare(JsonElement before, JsonElement after)
    {
        switch (before.ValueKind, after.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareMembers(Members(before), Members(after), key: null);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                CompareItems([.. before.EnumerateArray()], [.. after.EnumerateArray()]);
                break;
            case var (was, @is) when was != @is || !JsonElement.DeepEquals(before, after):
                Add(before, after);
                break;
        }
    }

    private void CompareMembers(Dictionary<string, JsonElement> before, Dictionary<string, JsonElement> after, string? key)
    {
        foreach (var name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            if (key is null && _path is [{ Name: "metadata" }] && Bookkeeping.Contains(name))
            {
                continue;
            }

            CompareAt(new PathStep(name, key), before.TryGetValue(name, out var was) ? was : null, after.TryGetValue(name, out var @is) ? @is : null);
        }
    }

    private void CompareItems(List<JsonElement> before, List<JsonElement> after)
    {
        var key = _path is [.., { Name: "conditions", Key: null }] ? "type" : "name";
        if (ByKey(before, key) is { } was && ByKey(after, key) is { } @is)
        {
            CompareMembers(was, @is, key);
            return;
        }

        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            CompareAt(new PathStep(i.ToString(CultureInfo.InvariantCulture), ""), i < before.Count ? before[i] : null, i < after.Count ? after[i] : null);
        }
    }

    private void CompareAt(PathStep step, JsonElement? before, JsonElement? after)
    {
        _path.Add(step);
        if (before is { } was && after is { } @is)
        {
            Compare(was, @is);
        }
        else
        {
            Add(before, after);
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private void Add(JsonElement? before, JsonElement? after)
    {
        _places.Add(new ChangedPlace([.. _path], before, after));
        OfStatus += _path is [{ Name: "status" }, ..] ? 1 : 0;
        OfMetadata += _path is [{ Name: "metadata" }, ..] ? 1 : 0;
        Touched += _touched?.Has(_path) == true ? 1 : 0;
        if (_first.Count < Most)
        {
            _first.Add(new ObjectChange(ObjectPath.Print(_path), before is { } was ? ShortText.Of(was) : null, after is { } @is ? ShortText.Of(@is) : null));
        }
    }

    private static Dictionary<string, JsonElement> Members(JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }

    private static Dictionary<string, JsonElement>? ByKey(List<JsonElement> items, string key)
    {
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        return items.TrueForAll(item => item.Member(key) is { ValueKind: JsonValueKind.String } name && found.TryAdd(name.GetString()!, item)) ? found : null;
    }
}
