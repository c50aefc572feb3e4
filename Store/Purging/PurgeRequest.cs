using KubeLens.Contracts.Query;

namespace KubeLens.Store.Purging;

/// <param name="Query">As it was asked.</param>
/// <param name="Node">What it means.</param>
/// <param name="Range">Completion times.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who asks.</param>
internal sealed record PurgeRequest(string Query, QueryNode Node, TimeRange Range, string Reason, string By);
