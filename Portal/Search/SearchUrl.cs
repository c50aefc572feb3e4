using System.Globalization;
using System.Text;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search;

/// <summary>The whole state of the search page or the live page, as its URL holds it.</summary>
/// <param name="Query">The query text.</param>
/// <param name="From">Start, as in the query language: <c>now-1h</c>, <c>today</c>, RFC 3339…</param>
/// <param name="To">End, likewise.</param>
/// <param name="Selected">Id of the call in the drawer, or empty.</param>
/// <param name="Tab">The drawer's tab, or empty for the first.</param>
/// <param name="Columns">What the rows show beside the time: fields, separated by commas; empty for the usual ones.</param>
/// <param name="Within">The range that this one was chosen from, its ends apart by <see cref="Until"/>; empty where it was not.</param>
/// <param name="Compares">Whether it is compared with the rest of that.</param>
public sealed record SearchUrl(string Query, string From, string To, string Selected = "", string Tab = "", string Columns = "", string Within = "", bool Compares = false)
{
    public const string DefaultFrom = "now-1h";
    public const string DefaultTo = "now";

    /// <summary>Between the ends of a range.</summary>
    public const string Until = "..";

    private const string StampFormat = "yyyy-MM-ddTHH:mm:ss'Z'";

    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    /// <summary>Parts as they came from the address bar; absent ones get their defaults.</summary>
    public static SearchUrl Of(string? query, string? from, string? to, string? selected, string? tab, string? columns = null)
        => new(query?.Trim() ?? "", OrDefault(from, DefaultFrom), OrDefault(to, DefaultTo), selected ?? "", tab ?? "", CallColumns.Text(CallColumns.Of(columns)));

    /// <summary>Where a search that somebody keeps leads.</summary>
    public static SearchUrl Of(SavedSearchItem kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return Of(kept.Query, kept.From, kept.To, null, null, string.Join(',', kept.Columns));
    }

    /// <summary>A search of the half hours before and after a moment, however long ago it is.</summary>
    public static SearchUrl Around(DateTimeOffset time, string query) => new(query, Stamp(time - HalfHour), Stamp(time + HalfHour));

    /// <summary>The same search of another range.</summary>
    public SearchUrl In(string from, string to) => this with { From = from, To = to, Selected = "", Tab = "", Within = "", Compares = false };

    /// <summary>The same search of the time between two moments.</summary>
    public SearchUrl Between(DateTimeOffset from, DateTimeOffset to) => In(Stamp(from), Stamp(to));

    /// <summary>The same search of a stretch of a range.</summary>
    public SearchUrl Stretch(DateTimeOffset from, DateTimeOffset to, DateTimeOffset wholeFrom, DateTimeOffset wholeTo)
        => Between(from, to) with { Within = $"{Stamp(from < wholeFrom ? from : wholeFrom)}{Until}{Stamp(to > wholeTo ? to : wholeTo)}" };

    /// <summary>The same search of the range that it means now, which then stands still; null where it means none.</summary>
    public SearchUrl? Fixed(DateTimeOffset now) => Moved(now, TimeSpan.Zero);

    /// <summary>The same search half a range earlier or later, though no later than now; null where it has no range.</summary>
    public SearchUrl? Shifted(DateTimeOffset now, bool later)
        => RangeAt(now) is { } range ? Moved(now, (later ? 1 : -1) * (range.To - range.From) / 2) : null;

    private SearchUrl? Moved(DateTimeOffset now, TimeSpan by)
    {
        if (RangeAt(now) is not { } range)
        {
            return null;
        }

        var most = range.To < now ? now - range.To : TimeSpan.Zero;
        by = by > most ? most : by;
        return Between(range.From + by, range.To + by);
    }

    private TimeRange? RangeAt(DateTimeOffset now) => TimeRange.Resolve(From, To, now, TimeZoneInfo.Utc).Range;

    /// <summary>True when the other state shows the same results.</summary>
    public bool SameResults(SearchUrl? other) => other is not null && (Query, From, To) == (other.Query, other.From, other.To);

    /// <summary>What decides on the results, as the parameters that every page and the Store have for it: <c>?q=…&amp;from=…&amp;to=…</c>.</summary>
    public string Results => $"?q={Uri.EscapeDataString(Query)}&{Range}";

    /// <summary>Its time alone, as parameters: <c>from=…&amp;to=…</c>.</summary>
    public string Range => $"from={Uri.EscapeDataString(From)}&to={Uri.EscapeDataString(To)}";

    /// <summary>Where the same results are a file.</summary>
    public string Export(string format) => $"/export{Results}&format={format}";

    public override string ToString() => Page($"/search{Results}{(Within.Length > 0 ? $"&within={Uri.EscapeDataString(Within)}" : "")}{(Compares ? "&compare=true" : "")}");

    /// <summary>The live page's, which has no range.</summary>
    public string ToLive() => Page($"/live?q={Uri.EscapeDataString(Query)}");

    private string Page(string address)
    {
        var url = new StringBuilder(address);
        if (Columns.Length > 0)
        {
            url.Append("&cols=").Append(Columns);
        }

        if (Selected.Length > 0)
        {
            url.Append("&sel=").Append(Uri.EscapeDataString(Selected));
            if (Tab.Length > 0)
            {
                url.Append("&tab=").Append(Uri.EscapeDataString(Tab));
            }
        }

        return url.ToString();
    }

    /// <summary>The moment that an end of a range is, as the portal itself writes it; null for all other text.</summary>
    public static DateTimeOffset? StampOf(string text)
        => DateTimeOffset.TryParseExact(text, StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString(StampFormat, CultureInfo.InvariantCulture);

    private static string OrDefault(string? value, string fallback) => string.IsNullOrWhiteSpace(value) ? fallback : value.Trim();
}
