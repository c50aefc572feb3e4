using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Patching.Strategic;

/// <summary>
/// The order of a merged list, as the API server makes it: the ordered items as wanted, the others as they were,
/// and each of these before the first ordered item that it used to precede.
/// </summary>
internal static class ListOrder
{
    public static JsonArray Arrange(List<JsonNode?> items, JsonArray wanted, JsonArray former, string key)
    {
        var wantedPlaces = Places(wanted, key);
        var formerPlaces = Places(former, key);
        var placed = items.Select(item => (Item: item, Id: Id(item, key))).ToLookup(item => wantedPlaces.ContainsKey(item.Id));
        var ordered = new Queue<(JsonNode? Item, string Id)>(placed[true].OrderBy(item => wantedPlaces[item.Id]));
        var others = new Queue<(JsonNode? Item, string Id)>(placed[false].OrderBy(item => formerPlaces.GetValueOrDefault(item.Id, -1)));

        var result = new JsonArray();
        while (ordered.Count + others.Count > 0)
        {
            var otherFirst = ordered.Count == 0 || (others.Count > 0 && IsBefore(others.Peek().Id, ordered.Peek().Id));
            result.Add((otherFirst ? others : ordered).Dequeue().Item);
        }

        return result;

        bool IsBefore(string left, string right)
            => formerPlaces.TryGetValue(left, out var first) && formerPlaces.TryGetValue(right, out var second) && first < second;
    }

    /// <summary>What tells items apart: the value of the merge key; in lists of plain values the item itself.</summary>
    public static string Id(JsonNode? item, string key) => (key.Length == 0 ? item : (item as JsonObject)?[key])?.ToJsonString() ?? "null";

    private static Dictionary<string, int> Places(JsonArray list, string key)
    {
        var places = new Dictionary<string, int>();
        for (var i = 0; i < list.Count; i++)
        {
            places.TryAdd(Id(list[i], key), i);
        }

        return places;
    }
}
