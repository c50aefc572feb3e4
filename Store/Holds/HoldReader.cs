using KubeLens.Contracts.Holds;
using KubeLens.Contracts.Query;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Holds;

/// <summary>Reads what is to be held: what <c>store hold add</c> takes, or every error in it, each with its field.</summary>
internal static class HoldReader
{
    private const string Code = "Q173";

    /// <summary>Null where <paramref name="errors"/> holds any.</summary>
    public static (string Name, string Query, TimeRange Range, string Reason)? Read(HoldRequest request, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors)
    {
        var (found, query) = (new List<QueryMessage>(), request.Query ?? "");
        var (name, reason) = (Line("name", request.Name, found), Line("reason", request.Reason, found));
        if (query.Trim().Length == 0)
        {
            found.Add(Wrong("query", query, "query: say what to keep; * keeps all of the range."));
        }

        if (string.IsNullOrWhiteSpace(request.From))
        {
            found.Add(Wrong("from", "", "from: say since when, as now-7d or 2026-11-01."));
        }

        var parsed = QueryParser.Parse(query);
        found.AddRange(parsed.Messages.Where(message => message.IsError).Select(message => message with { Parameter = "query" }));
        if (parsed.Root is { } root && HoldQuery.AsksNotes(root))
        {
            found.Add(Wrong("query", query, HoldQuery.NotesRefused));
        }

        var to = string.IsNullOrWhiteSpace(request.To) ? TimeRange.DefaultTo : request.To.Trim();
        var range = TimeRange.Resolve(request.From?.Trim(), to, now, TimeZoneInfo.Utc);
        found.AddRange(range.Messages.Where(message => message.IsError));
        errors = found;
        return found.Count > 0 ? null : (name!, query, range.Range!, reason!);
    }

    private static string? Line(string field, string? sent, List<QueryMessage> found)
    {
        var line = RecordedLine.Read(sent);
        if (line is null)
        {
            found.Add(Wrong(field, sent, $"{field} {RecordedLine.Expected}"));
        }

        return line;
    }

    private static QueryMessage Wrong(string field, string? sent, string text) => new(Code, field, 0, Math.Max(sent?.Length ?? 0, 1), text, "");
}
