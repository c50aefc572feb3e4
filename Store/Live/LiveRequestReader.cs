using System.Globalization;
using KubeLens.Contracts.Query;
using KubeLens.Store.Search;

namespace KubeLens.Store.Live;

/// <summary>Reads what is asked of <c>GET /api/v1/live</c>: a request, or every error in it.</summary>
internal static class LiveRequestReader
{
    /// <summary>Of an event's id.</summary>
    public const string IdFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Calls are stored about so long after they have ended, unless their gateway was held up.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    /// <summary>The header of a client that comes back.</summary>
    public const string LastEventId = "Last-Event-ID";

    private static readonly string[] Parameters = ["q", "from"];

    /// <summary>Null when <paramref name="errors"/> holds any.</summary>
    public static LiveRequest? Read(HttpRequest request, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors)
    {
        var search = SearchRequestReader.Read(request.Query, Parameters, now, out errors);
        var isSince = SearchRequestReader.Text(request.Query, "from").Length > 0;
        var last = request.Headers[LastEventId].ToString();
        if (last.Length == 0)
        {
            return search is null ? null : new LiveRequest(search.Query, SearchRequestReader.Text(request.Query, "q"), isSince ? search.Range.From : null);
        }

        if (!DateTimeOffset.TryParseExact(last, IdFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var id))
        {
            errors = [.. errors, new QueryMessage("Q164", LastEventId, 0, last.Length, $"{LastEventId}: this is no id of an event of a live feed, such as {now.UtcDateTime.ToString(IdFormat, CultureInfo.InvariantCulture)}; leave it out to begin with the next call.", "")];
            return null;
        }

        return search is null ? null : new LiveRequest(search.Query, SearchRequestReader.Text(request.Query, "q"), id - Overlap);
    }
}
