using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Selectors;

internal sealed record LabelRequirement(string Key, LabelOperator Operator, IReadOnlyList<string> Values)
{
    public bool Matches(JsonObject labels)
    {
        var present = labels.TryGetPropertyValue(Key, out var node);
        return Operator switch
        {
            LabelOperator.In => present && Values.Contains(node.Text()),
            LabelOperator.NotIn => !present || !Values.Contains(node.Text()),
            LabelOperator.Exists => present,
            _ => !present,
        };
    }

    public override string ToString() => Operator switch
    {
        LabelOperator.In when Values.Count == 1 => $"{Key}={Values[0]}",
        LabelOperator.In => $"{Key} in ({string.Join(',', Values)})",
        LabelOperator.NotIn => $"{Key} notin ({string.Join(',', Values)})",
        LabelOperator.Exists => Key,
        _ => $"!{Key}",
    };
}
