using System.Diagnostics.CodeAnalysis;

namespace KubeLens.Contracts.Query;

/// <summary>What <see cref="TimeRange.Resolve"/> understood.</summary>
/// <param name="Range">The range, or null when there is an error.</param>
/// <param name="Messages">What is wrong, <c>from</c> first.</param>
public sealed record TimeRangeParse(TimeRange? Range, IReadOnlyList<QueryMessage> Messages)
{
    [MemberNotNullWhen(false, nameof(Range))]
    public bool HasErrors => Range is null;
}
