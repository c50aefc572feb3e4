namespace KubeLens.Contracts.Calls;

/// <summary>What the apiserver said beside its answer.</summary>
public sealed record CallAdvice
{
    /// <summary>It said nothing.</summary>
    public static CallAdvice None { get; } = new();

    /// <summary>The texts of the <c>Warning</c> headers, as of a deprecated API version.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Of API priority and fairness: the uid of the flow schema that took the call.</summary>
    public string FlowSchema { get; init; } = "";

    /// <summary>The uid of the priority level that it was served at.</summary>
    public string PriorityLevel { get; init; } = "";
}
