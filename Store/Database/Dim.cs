namespace KubeLens.Store.Database;

/// <summary>A dictionary entry: rows of <see cref="Call"/> hold its <see cref="Id"/> instead of the text.</summary>
internal sealed class Dim
{
    public required DimKind Kind { get; init; }

    /// <summary>Half a SHA-256 of value and parts: the natural key, however long they are.</summary>
    public required Guid Hash { get; init; }

    /// <summary>Unique over all kinds.</summary>
    public int Id { get; init; }

    public required string Value { get; init; }
    public required string[] Parts { get; init; }
}
