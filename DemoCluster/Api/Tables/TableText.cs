using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Selectors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

/// <summary>Texts that several tables share.</summary>
internal static class TableText
{
    public const string None = "<none>";

    public static string OrNone(string text) => text.Length == 0 ? None : text;

    public static string Selector(JsonObject? selector) => OrNone(selector is null ? "" : LabelSelector.Of(selector).ToString());

    /// <summary>A plain map, as a service selects: <c>app=web,tier=front</c>.</summary>
    public static string Labels(JsonObject? labels) =>
        OrNone(string.Join(',', (labels ?? []).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value.Text()}")));

    public static string Containers(JsonObject value, string podSpec, string field) =>
        string.Join(',', value.Maps($"{podSpec}.containers").Select(container => container.Text(field)));
}
