using KubeLens.Contracts.Query;

namespace KubeLens.Portal.Search;

/// <summary>Changes to a query by a click; what comes out is the language's canonical text.</summary>
internal static class QueryEdits
{
    /// <summary>Each top-level term with the query that is left without it; empty unless there are two or more.</summary>
    public static IReadOnlyList<(string Term, string Without)> WithoutEach(string query)
        => QueryParser.Parse(query).Root is AndNode all
            ? [.. all.Items.Select(term => (QueryPrinter.Print(term), QueryPrinter.Print(QueryNodes.All(all.Items.Remove(term)))))]
            : [];
}
