using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>Values as Go's <c>%#v</c> prints them, because the API server's messages do.</summary>
internal static class GoText
{
    public static string Map(JsonObject? labels) => labels is null
        ? "map[string]string(nil)"
        : $"map[string]string{{{string.Join(", ", labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"\"{label.Key}\":\"{label.Value.Text()}\""))}}}";

    public static string LabelSelector(JsonObject selector)
    {
        var labels = Map(selector["matchLabels"] as JsonObject);
        return $"v1.LabelSelector{{MatchLabels:{labels}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}}";
    }
}
