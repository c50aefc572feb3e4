using KubeLens.Contracts.Query;

namespace KubeLens.Store.Holds;

/// <summary>A legal hold: what its query finds is kept, whatever its age and however large the database.</summary>
/// <param name="Id">Grows with every hold.</param>
/// <param name="Name">Unique among those that are not released.</param>
/// <param name="Query">In the query language; dictionary entries are looked up again whenever it is asked.</param>
/// <param name="Range">Completion times.</param>
/// <param name="Reason">Why.</param>
/// <param name="PlacedBy">Who placed it.</param>
/// <param name="PlacedAt">When.</param>
/// <param name="ReleasedBy">Who released it; null while it holds.</param>
/// <param name="ReleasedAt">When.</param>
internal sealed record Hold(long Id, string Name, string Query, TimeRange Range, string Reason, string PlacedBy, DateTime PlacedAt, string? ReleasedBy, DateTime? ReleasedAt)
{
    /// <summary>Fails with <see cref="InvalidDataException"/> when this version cannot read it.</summary>
    public QueryNode Node => QueryParser.Parse(Query) is { HasErrors: false } parsed
        ? parsed.Root
        : throw new InvalidDataException($"The query of the legal hold {Name} cannot be read by this version: {Query}");
}
