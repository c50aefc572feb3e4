using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;

namespace KubeLens.Store.Audit;

/// <summary>What of a call an event is compared with, whether it is stored already or comes now.</summary>
internal sealed record AuditedCall(Guid AuditId, string Cluster, string Verb, string Path, string Query, int Status, CallOutcome Outcome, DateTime At, long LatencyUs, string User, IReadOnlyList<string> Groups, string ImpersonatedUser)
{
    public static AuditedCall Of(CallRecord call) => new(
        call.AuditId, call.Cluster, call.Verb, StoredText.Fit(call.Path, StoredText.PlainBytes), StoredText.Fit(call.Query, StoredText.PlainBytes),
        call.Status, call.Outcome, call.Time.UtcDateTime, call.LatencyUs, call.User, call.Groups, call.ImpersonatedUser);

    /// <param name="row">Of a call with an audit-id.</param>
    /// <param name="texts">Those of the row's ids.</param>
    public static AuditedCall Of(Call row, IReadOnlyDictionary<int, Dim> texts) => new(
        row.AuditId ?? Guid.Empty, texts[row.ClusterId].Value, texts[row.VerbId].Value, row.Path, row.Query,
        row.Status, (CallOutcome)row.Outcome, row.At, row.LatencyUs, texts[row.UserId].Value, texts[row.UserId].Parts, texts[row.ImpersonatedUserId].Value);
}
