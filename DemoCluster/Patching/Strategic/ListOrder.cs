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
        var ordered = new Queue<(JsonNode? Item, int Was)>(items.Select(item => (Item: item, Place: Place(wanted, item, key)))
            .Where(item => item.Place >= 0)
            .OrderBy(item => item.Place)
            .Select(item => (item.Item, Place(former, item.Item, key))));
        var others = new Queue<(JsonNode? Item, int Was)>(items.Where(item => Place(wanted, item, key) < 0)
            .Select(item => (item, Place(former, item, key)))
            .OrderBy(item => item.Item2));

        var result = new JsonArray();
        while (ordered.Count + others.Count > 0)
        {
            var otherFirst = ordered.Count == 0 || (others.Count > 0 && IsBefore(others.Peek().Was, ordered.Peek().Was));
            result.Add((otherFirst ? others : ordered).Dequeue().Item);
        }

        return result;
    }

    /// <summary>The item's value of the merge key; the item itself in lists of plain values.</summary>
    public static JsonNode? KeyOf(JsonNode? item, string key) => key.Length == 0 ? item : (item as JsonObject)?[key];

    private static bool IsBefore(int left, int right) => left >= 0 && right >= 0 && left < right;

    private static int Place(JsonArray list, JsonNode? item, string key)
    {
        var id = KeyOf(item, key);
        for (var i = 0; i < list.Count; i++)
        {
            if (JsonNode.DeepEquals(KeyOf(list[i], key), id))
            {
                return i;
            }
        }

        return -1;
    }
}
