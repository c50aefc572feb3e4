using KubeLens.Contracts.Search;
using KubeLens.Store.Audit;
using KubeLens.Store.Database;

namespace KubeLens.Store.Search;

/// <summary>What an audit event added to a row.</summary>
internal static class AuditItems
{
    /// <summary>Null for a call without one.</summary>
    /// <param name="row">Of a call.</param>
    /// <param name="texts">Of its ids.</param>
    public static AuditItem? Of(Call row, IReadOnlyDictionary<int, Dim> texts)
    {
        if (row.AuditedAt is not { } received || row.DecisionId is not { } id)
        {
            return null;
        }

        var decision = AuditDecision.Of(texts[id]);
        return new AuditItem(received, decision.Decision, decision.Reason, decision.Deprecated, decision.RemovedRelease, decision.Panicked);
    }

    public static string SourceOf(Call row) => !row.Flags.HasFlag(CallFlags.FromAudit) ? CallSources.Gateway
        : row.Flags.HasFlag(CallFlags.Conflict) ? CallSources.Conflict
        : CallSources.Bypass;
}
