using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Compare;

/// <summary>How many calls of those that were counted have a value.</summary>
/// <param name="Least">At least so many.</param>
/// <param name="Most">At most so many: the Store tells of the most frequent values, and a rarer one may have as many as the last of these.</param>
/// <param name="All">How many were counted.</param>
internal sealed record ValueCount(long Least, long Most, long All)
{
    public double LeastShare => All == 0 ? 0 : (double)Least / All;

    public double MostShare => All == 0 ? 0 : (double)Most / All;

    /// <summary>Of one value of a facet; of its calls without a value when that is empty.</summary>
    public static ValueCount Of(CallFacet facet, string value)
    {
        if (value.Length == 0)
        {
            return new(facet.Absent, facet.Absent, facet.Quality.Calls);
        }

        if (facet.Values.FirstOrDefault(one => one.Value == value) is { } told)
        {
            return new(told.Calls, told.Calls, facet.Quality.Calls);
        }

        return new(0, facet.Others == 0 ? 0 : Math.Min(facet.Others, facet.Values.Count == 0 ? facet.Others : facet.Values[^1].Calls), facet.Quality.Calls);
    }

    /// <summary>Of two stretches together.</summary>
    public static ValueCount operator +(ValueCount one, ValueCount other) => new(one.Least + other.Least, one.Most + other.Most, one.All + other.All);
}
