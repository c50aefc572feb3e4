using KubeLens.Contracts.Query;

namespace KubeLens.Store.Live;

/// <summary>A feed asked for.</summary>
/// <param name="Query">What to find.</param>
/// <param name="Text">As it was written.</param>
/// <param name="From">Calls that have ended since then come first; null to begin with what is stored from now on.</param>
internal sealed record LiveRequest(QueryNode Query, string Text, DateTimeOffset? From);
