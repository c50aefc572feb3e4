using KubeLens.Contracts.Query;

namespace KubeLens.Portal.Search;

/// <summary>Changes to a query by a click; what comes out is the language's canonical text.</summary>
internal static class QueryEdits
{
    private const string System = "system";

    /// <summary>Whether calls of system users are left out.</summary>
    public static bool HidesSystem(string query) => Flags(query) is { } flags && flags.Excluded.Contains(System);

    /// <summary>The query that leaves calls of system users out, or does not do so any more.</summary>
    public static string ToggleSystem(string query)
        => Flags(query) is not { } flags ? query : QueryPrinter.Print(HidesSystem(query) ? flags.Forget(System) : flags.Exclude(System));

    /// <summary>The query for calls with that value only, or for those without it.</summary>
    /// <param name="query">As it is.</param>
    /// <param name="field">A field that can be searched; the query stays as it is for another.</param>
    /// <param name="value">As the query language names it.</param>
    /// <param name="excluded">Without it.</param>
    public static string Filter(string query, string field, string value, bool excluded)
        => QueryFields.Find(field) is { } known && Facet(query, known.Name) is { } facet
            ? QueryPrinter.Print(excluded ? facet.Exclude(value) : facet.Only(value))
            : query;

    /// <summary>The query for those of its calls that a term finds as well; it stays as it is when it has an error.</summary>
    public static string With(string query, string term)
        => QueryParser.Parse(query).Root is { } root && QueryParser.Parse(term).Root is { } more ? QueryPrinter.Print(QueryNodes.All(new[] { root, more }.Where(node => node is not AllNode))) : query;

    private static QueryFacet? Flags(string query) => Facet(query, "is");

    // Null for a query with an error, which no click may change.
    private static QueryFacet? Facet(string query, string field) => QueryParser.Parse(query).Root is { } root ? QueryFacet.Of(root, field) : null;

    /// <summary>Each top-level term with the query that is left without it; empty unless there are two or more.</summary>
    public static IReadOnlyList<(string Term, string Without)> WithoutEach(string query)
        => QueryParser.Parse(query).Root is AndNode all
            ? [.. all.Items.Select(term => (QueryPrinter.Print(term), QueryPrinter.Print(QueryNodes.All(all.Items.Remove(term)))))]
            : [];
}
