using KubeLens.Contracts.Query;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Export.Follow;

/// <param name="Query">What to find.</param>
/// <param name="Text">The same as it was asked.</param>
/// <param name="From">Only what completed at or after; null for all that is stored from now on.</param>
/// <param name="Format">How calls are written: one that can go on for ever.</param>
internal sealed record FollowRequest(QueryNode Query, string Text, DateTimeOffset? From, ExportFormat Format)
{
    /// <summary>Reads options; fails with <see cref="ArgumentException"/>, which has every error in them.</summary>
    public static FollowRequest Read(string query, string? from, string format, DateTimeOffset now)
    {
        var parsed = QueryParser.Parse(query);
        var range = from is null ? null : TimeRange.Resolve(from, TimeRange.DefaultTo, now, TimeZoneInfo.Utc);
        var found = ExportFormat.Find(format);
        var errors = parsed.Messages.Select(message => message with { Parameter = "q" }).Concat(range?.Messages ?? []).Where(message => message.IsError).ToList();
        if (found is not { IsEndless: true })
        {
            var names = ExportFormat.All.Where(one => one.IsEndless).Select(one => one.Name);
            errors.Add(new QueryMessage("Q163", "format", 0, format.Length, found is null ? $"\"{format}\" is none of {string.Join(", ", names)}." : $"{found.Name} is one document with an end, and nothing can be added to it: use one of {string.Join(", ", names)}.", ExportFormat.Ndjson.Name));
        }

        return errors.Count == 0 ? new FollowRequest(parsed.Root!, query, range?.Range?.From, found!) : throw new ArgumentException(CommandQuery.Text(errors));
    }
}
