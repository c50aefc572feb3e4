using System.Globalization;
using KubeLens.Contracts.Query;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Compare;

/// <summary>A stretch of time, and the rest of the range that it was chosen from.</summary>
/// <param name="Here">The search of the stretch.</param>
/// <param name="Rest">The searches of what lies before and after it; one of them where it begins or ends the range.</param>
/// <param name="Whole">The range that it was chosen from.</param>
internal sealed record ComparedRanges(SearchUrl Here, IReadOnlyList<SearchUrl> Rest, TimeRange Whole)
{
    // Ranges have both their ends: what lies beside one begins a step later. The Store keeps microseconds.
    private static readonly TimeSpan Step = TimeSpan.FromMicroseconds(1);

    /// <summary>Null where the search is of no stretch of a range, or of all of it.</summary>
    public static ComparedRanges? Of(SearchUrl search, DateTimeOffset now)
    {
        var ends = search.Within.Split(SearchUrl.Until, 2);
        if (ends.Length < 2 || Read(ends[0], ends[1], now) is not { } whole || Read(search.From, search.To, now) is not { } here || here.From < whole.From || here.To > whole.To)
        {
            return null;
        }

        var rest = new[] { (whole.From, To: here.From - Step), (From: here.To + Step, whole.To) }.Where(part => part.To > part.From).Select(part => search with { From = Text(part.From), To = Text(part.To) }).ToList();
        return rest.Count == 0 ? null : new ComparedRanges(search, rest, whole);
    }

    private static TimeRange? Read(string from, string to, DateTimeOffset now) => TimeRange.Resolve(from, to, now, TimeZoneInfo.Utc).Range;

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
