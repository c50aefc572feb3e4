using System.Globalization;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search.Completion;

/// <summary>What may stand at the caret.</summary>
/// <param name="Text">What is written into the query.</param>
/// <param name="Label">What is shown.</param>
/// <param name="About">What it is, or how many calls have it; may be empty.</param>
public sealed record QueryOption(string Text, string Label, string About)
{
    /// <summary>As many as are taken in at a glance.</summary>
    public const int Most = 8;

    private static readonly string[] Usual = ["user", "verb", "resource", "ns", "name", "status", "is", "latency"];

    /// <summary>The fields that begin with what was typed, or are called so too; the usual ones when that is nothing.</summary>
    internal static IReadOnlyList<QueryOption> Fields(string typed)
    {
        var fields = typed.Length == 0
            ? Usual.Select(name => QueryFields.Find(name)!)
            : QueryFields.All.Where(field => Begins(field.Name, typed) || field.Aliases.Contains(typed, StringComparer.OrdinalIgnoreCase))
                .Concat(QueryFields.All.Where(field => field.Hints.Any(hint => Begins(hint, typed))))
                .Distinct();
        return [.. fields.Take(Most).Select(field => new QueryOption($"{field.Name}:", $"{field.Name}:", field.About))];
    }

    /// <summary>The values that there are of a field with few; null for one with any.</summary>
    internal static IReadOnlyList<QueryOption>? Choices(QueryField field, string typed)
        => field.Choices.IsEmpty ? null : [.. field.Choices.Where(choice => Begins(choice, typed)).Select(choice => Value(field, choice, ""))];

    /// <summary>The counted values that begin with what was typed, then those that contain it.</summary>
    internal static IReadOnlyList<QueryOption> Counted(QueryField field, CallFacet facet, string typed)
        =>
        [
            .. facet.Values.Where(value => Begins(value.Value, typed)).Concat(facet.Values.Where(value => !Begins(value.Value, typed) && value.Value.Contains(typed, StringComparison.OrdinalIgnoreCase)))
                .Take(Most).Select(value => Value(field, value.Value, value.Calls.ToString("N0", CultureInfo.InvariantCulture))),
        ];

    // As the language writes it: quoted where a bare word would say something else.
    private static QueryOption Value(QueryField field, string value, string about)
        => new(QueryPrinter.Print(QueryNodes.Field(field.Name, QueryOperator.Any, QueryValue.Exact(value)))[(field.Name.Length + 1)..], FacetText.Of(field.Name, value), about);

    private static bool Begins(string word, string typed) => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
}
