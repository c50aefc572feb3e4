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

    /// <summary>The query narrowed to the value, or to everything but it. A query with errors stays as it is.</summary>
    public static string With(string query, string field, string value, bool exclude)
    {
        if (QueryParser.Parse(query).Root is not { } root)
        {
            return query;
        }

        // Literal: a value that was clicked means itself, whatever wildcards it may hold.
        var isPlain = !value.AsSpan().ContainsAny('*', '?');
        QueryNode term = QueryNodes.Field(field, isPlain ? QueryOperator.Any : QueryOperator.Literal, new QueryValue(value, Quoted: false));
        QueryNode added = exclude ? new NotNode(term) : term;
        var terms = root is AllNode ? [] : root is AndNode all ? all.Items : [root];
        return QueryPrinter.Print(QueryNodes.All(terms.Contains(added) ? terms : terms.Add(added)));
    }
}
