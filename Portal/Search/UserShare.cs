using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search;

/// <summary>Which of a user's calls are of some sort.</summary>
/// <param name="Text"><c>12.4 %</c>; where not every call is counted, how many there are at least; <c>0</c>.</param>
/// <param name="Calls">How many; empty where the text says it.</param>
/// <param name="Order">Greater for more.</param>
internal sealed record UserShare(string Text, string Calls, double Order)
{
    /// <summary>Of a user who may be too rare to be told of.</summary>
    /// <param name="user">With how many calls in all.</param>
    /// <param name="all">Of all their calls.</param>
    /// <param name="some">Of those of that sort.</param>
    public static UserShare Of(FacetValue user, CallFacet all, CallFacet some)
    {
        if (some.Values.FirstOrDefault(value => value.Value == user.Value) is not { } found)
        {
            return some.Others > 0 ? new($"≤ {Show.Short(some.Values[^1].Calls)}", "", 0) : new("0", "", 0);
        }

        var order = (double)found.Calls / Math.Max(1, user.Calls);
        return (all.Quality.Basis, some.Quality.Basis) == (CountQuality.Exact, CountQuality.Exact)
            ? new(Show.Percent(found.Calls, user.Calls), Show.Short(found.Calls), order)
            : new($"{Show.Short(found.Calls)}+", "", order);
    }
}
