namespace KubeLens.Contracts.Query;

/// <summary>A value and where it stands in the text, quotes included.</summary>
internal readonly record struct QueryPiece(QueryValue Value, int Start, int End);
