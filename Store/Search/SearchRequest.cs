using KubeLens.Contracts.Query;
using KubeLens.Store.Database;

namespace KubeLens.Store.Search;

/// <summary>One page asked for.</summary>
/// <param name="Query">What to find.</param>
/// <param name="Range">Completion times; the first page's own range on every page after it, however much later that is asked for.</param>
/// <param name="Limit">Most calls on the page.</param>
/// <param name="After">The last call of the page before, or null on the first.</param>
/// <param name="Fingerprint">Identifies the search in the next page's cursor.</param>
internal sealed record SearchRequest(QueryNode Query, TimeRange Range, int Limit, RowPosition? After, uint Fingerprint) : IRangeRequest
{
    /// <summary>Only calls of these; of all batches when null.</summary>
    public IReadOnlyCollection<long>? Batches { get; init; }

    /// <summary>They were just stored: sealed ones are not looked for.</summary>
    public bool IsFresh { get; init; }
}

/// <summary>Where a row stands in the order of results: newest first, ties by batch and ordinal.</summary>
internal readonly record struct RowPosition(DateTime At, long BatchId, short Ord) : IComparable<RowPosition>
{
    public static RowPosition Of(Call call) => new(call.At, call.BatchId, call.Ord);

    public int CompareTo(RowPosition other) => (At, BatchId, Ord).CompareTo((other.At, other.BatchId, other.Ord));
}
