namespace KubeLens.Contracts.Search;

/// <summary>What the apiserver said beside its answer.</summary>
/// <param name="Warnings">The texts of its <c>Warning</c> headers.</param>
/// <param name="FlowSchema">Of API priority and fairness: the uid of the flow schema; empty when not told.</param>
/// <param name="PriorityLevel">The uid of the priority level; empty when not told.</param>
public sealed record AdviceItem(IReadOnlyList<string> Warnings, string FlowSchema, string PriorityLevel);
