using KubeLens.Contracts.Search;

namespace KubeLens.Store.Counts;

/// <summary>What was counted of a span of time, from its end backwards.</summary>
/// <param name="Since">From then on every call is counted; where that is not the start of the range, older ones are not.</param>
/// <param name="Whole">It is the start of the range.</param>
/// <param name="Calls">How many.</param>
internal readonly record struct Counted(DateTime Since, bool Whole, long Calls)
{
    public CountQuality Quality => new(Whole ? CountQuality.Exact : CountQuality.Newest, Since, Calls);
}
