using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KubeLens.Contracts.Query;

namespace KubeLens.Store.Search;

/// <summary>Reads the parameters of <c>GET /api/v1/calls</c>, or those of them that another endpoint has: a request, or every error in them.</summary>
internal static class SearchRequestReader
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    private static readonly string[] Parameters = ["q", "from", "to", "limit", "cursor"];

    /// <summary>Null when <paramref name="errors"/> holds any.</summary>
    public static SearchRequest? Read(IQueryCollection parameters, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors) => Read(parameters, Parameters, now, out errors);

    /// <inheritdoc cref="Read(IQueryCollection, SearchParameters, DateTimeOffset, out IReadOnlyList{QueryMessage})"/>
    public static SearchRequest? Read(IQueryCollection parameters, IReadOnlyList<string> names, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors) => Read(parameters, new SearchParameters(names), now, out errors);

    /// <summary>Null when <paramref name="errors"/> holds any.</summary>
    /// <param name="parameters">As sent.</param>
    /// <param name="known">Which there are.</param>
    /// <param name="now">What relative times are relative to.</param>
    /// <param name="errors">First things first.</param>
    public static SearchRequest? Read(IQueryCollection parameters, SearchParameters known, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors)
    {
        var found = new List<QueryMessage>();
        CheckNames(parameters, known.Names, found);
        string Known(string name) => known.Names.Contains(name) ? Text(parameters, name) : "";
        string q = Known("q"), from = Known("from"), to = Known("to"), cursorText = Known("cursor");
        var query = QueryParser.Parse(q);
        found.AddRange(query.Messages.Where(m => m.IsError));
        var range = TimeRange.Resolve(string.IsNullOrWhiteSpace(from) ? known.DefaultFrom : from, to, now, TimeZoneInfo.Utc);
        found.AddRange(range.Messages.Where(m => m.IsError));
        var limit = Limit(Known("limit"), known.MaxLimit, found);
        var fingerprint = Fingerprint(q + known.About, from, to);
        var cursor = Cursor(cursorText, fingerprint, found);
        errors = found;
        return found.Count > 0 || query.HasErrors || range.HasErrors
            ? null
            : new SearchRequest(query.Root, cursor?.Range ?? range.Range, limit, cursor?.Last, fingerprint);
    }

    /// <summary>The parameter's text, empty when it is absent.</summary>
    public static string Text(IQueryCollection parameters, string name) => parameters.TryGetValue(name, out var values) ? values[0] ?? "" : "";

    // A misspelt "form=" would otherwise silently search the last hour.
    private static void CheckNames(IQueryCollection parameters, IReadOnlyList<string> known, List<QueryMessage> errors)
    {
        foreach (var (name, values) in parameters)
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add(new QueryMessage("Q162", name, 0, Math.Max(values.ToString().Length, 1), $"There is no parameter \"{name}\"; there are {string.Join(", ", known)}.", ""));
            }
            else if (values.Count > 1)
            {
                errors.Add(new QueryMessage("Q162", name, 0, Math.Max((values[1] ?? "").Length, 1), $"The parameter \"{name}\" is given {values.Count} times.", values[0] ?? ""));
            }
        }
    }

    private static int Limit(string text, int most, List<QueryMessage> errors)
    {
        if (text.Length == 0)
        {
            return DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most)
        {
            return limit;
        }

        errors.Add(new QueryMessage("Q160", "limit", 0, text.Length, $"limit: \"{text}\" is not a whole number from 1 to {most}.", DefaultLimit.ToString(CultureInfo.InvariantCulture)));
        return DefaultLimit;
    }

    private static SearchCursor? Cursor(string text, uint fingerprint, List<QueryMessage> errors)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (!SearchCursor.TryParse(text, out var cursor))
        {
            errors.Add(new QueryMessage("Q161", "cursor", 0, text.Length, "cursor: this is not the \"next\" of a page; leave it out to begin with the newest calls.", ""));
            return null;
        }

        if (cursor.Fingerprint != fingerprint)
        {
            errors.Add(new QueryMessage("Q161", "cursor", 0, text.Length, "cursor: it belongs to another search; q, from and to must be those of the page it came with.", ""));
        }

        return cursor;
    }

    private static uint Fingerprint(string q, string from, string to) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{q.Length}:{from.Length}:{q}{from}{to}")));
}
