namespace KubeLens.Contracts.Query;

/// <summary>A node and where it stands in the text.</summary>
internal readonly record struct QueryTerm(QueryNode Node, int Start, int End);
