using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Selectors;

/// <summary>All of its requirements must hold.</summary>
internal sealed class LabelSelector(IReadOnlyList<LabelRequirement> requirements)
{
    public static readonly LabelSelector Everything = new([]);

    public bool IsEmpty => requirements.Count == 0;

    public bool Matches(JsonObject labels) => requirements.All(requirement => requirement.Matches(labels));

    public bool Matches(StoredObject stored) => IsEmpty || Matches(stored.Value.Map("metadata.labels") ?? []);

    /// <summary>The map form: <c>{"matchLabels": {…}, "matchExpressions": […]}</c>.</summary>
    public static LabelSelector Of(JsonObject selector)
    {
        var equal = (selector.Map("matchLabels") ?? []).Select(label => new LabelRequirement(label.Key, LabelOperator.In, [label.Value.Text()]));
        var expressions = selector.Maps("matchExpressions").Select(expression => new LabelRequirement(
            expression.Text("key"),
            Enum.TryParse<LabelOperator>(expression.Text("operator"), out var parsed) ? parsed : LabelOperator.In,
            [.. expression.Items("values").Select(value => value.Text())]));
        return new LabelSelector([.. equal, .. expressions]);
    }

    /// <summary>As a Scale's status shows it: <c>a=b,c in (d,e)</c>.</summary>
    public override string ToString() => string.Join(',', requirements.OrderBy(requirement => requirement.Key, StringComparer.Ordinal));
}
