using System.Globalization;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search;

/// <summary>A value of a facet with what the query says of it.</summary>
/// <param name="Value">As the query names it.</param>
/// <param name="Text">As it is shown.</param>
/// <param name="Count">How many calls have it; empty when that was not counted.</param>
/// <param name="Percent">Of the most frequent value.</param>
/// <param name="IsIncluded">The query asks for it.</param>
/// <param name="IsExcluded">The query asks for calls without it.</param>
internal sealed record FacetRow(string Value, string Text, string Count, string Percent, bool IsIncluded, bool IsExcluded)
{
    public string Css => IsIncluded ? "included" : IsExcluded ? "excluded" : "";

    public string Title => $"{Value}: click to include, Shift and click for this only";

    /// <summary>What was counted, then the values of the query that no call has or that were not among the most frequent.</summary>
    public static IReadOnlyList<FacetRow> Of(CallFacet facet, QueryFacet own)
    {
        var most = facet.Values.Count == 0 ? 1 : Math.Max(1, facet.Values.Max(value => value.Calls));
        var named = own.Included.Concat(own.Excluded).Where(name => !facet.Values.Any(value => own.Same(value.Value, name)));
        return
        [
            .. facet.Values.Select(value => Row(value.Value, value.Calls.ToString("N0", CultureInfo.InvariantCulture), 100.0 * value.Calls / most)),
            .. named.Distinct(StringComparer.Ordinal).Select(name => Row(name, "", 0)),
        ];

        FacetRow Row(string value, string count, double percent) => new(
            value,
            FacetText.Short(facet.Field, value),
            count,
            percent.ToString("0.#", CultureInfo.InvariantCulture),
            own.Included.Any(name => own.Same(name, value)),
            own.Excluded.Any(name => own.Same(name, value)));
    }
}
