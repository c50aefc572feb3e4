using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Compare;

/// <summary>A field whose values are not as frequent in a stretch of time as in the rest.</summary>
/// <param name="Field">Its name in the query language.</param>
/// <param name="Values">Those that differ most, the greatest difference first.</param>
/// <param name="Here">How far the counts of the stretch can be relied on.</param>
/// <param name="Rest">As <paramref name="Here"/>, of each part of the rest.</param>
internal sealed record FieldDifference(string Field, IReadOnlyList<ValueDifference> Values, CountQuality Here, IReadOnlyList<CountQuality> Rest)
{
    private const int Most = 5;

    /// <summary>The greatest difference that one of its values has.</summary>
    public double Shift => Values.Count == 0 ? 0 : Math.Abs(Values[0].Shift);

    /// <summary>Without values where none differs by more than chance does.</summary>
    public static FieldDifference Of(CallFacet here, IReadOnlyList<CallFacet> rest)
    {
        var values = rest.Prepend(here).SelectMany(facet => facet.Values).Select(value => value.Value).Distinct(StringComparer.Ordinal).Append("")
            .Select(value => new ValueDifference(value, ValueCount.Of(here, value), rest.Select(facet => ValueCount.Of(facet, value)).Aggregate((one, other) => one + other)))
            .Where(value => value.IsBeyondChance)
            .OrderByDescending(value => Math.Abs(value.Shift)).ThenBy(value => value.Value, StringComparer.Ordinal)
            .Take(Most);
        return new FieldDifference(here.Field, [.. values], here.Quality, [.. rest.Select(facet => facet.Quality)]);
    }
}
