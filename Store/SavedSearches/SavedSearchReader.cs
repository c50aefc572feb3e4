using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Search;

namespace KubeLens.Store.SavedSearches;

/// <summary>Reads what is to be kept: a search that can be run, or every error in it.</summary>
internal static class SavedSearchReader
{
    private const int MaxName = 100;
    private const int MaxColumns = 50;
    private const string Code = "Q165";

    /// <summary>Null where <paramref name="errors"/> holds any; each names the field.</summary>
    /// <param name="name">Of the address.</param>
    /// <param name="request">As sent.</param>
    /// <param name="owner">Who keeps it.</param>
    /// <param name="now">When.</param>
    /// <param name="errors">First things first.</param>
    public static SavedSearchItem? Read(string name, SavedSearchRequest request, string owner, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors)
    {
        var found = new List<QueryMessage>();
        var (query, from, to) = (request.Query ?? "", Default(request.From, TimeRange.DefaultFrom), Default(request.To, TimeRange.DefaultTo));
        if (name.Trim().Length is 0 or > MaxName || name.Any(char.IsControl))
        {
            found.Add(new QueryMessage(Code, "name", 0, Math.Max(name.Length, 1), $"name: expected one line of 1 to {MaxName} characters.", ""));
        }

        found.AddRange(QueryParser.Parse(query).Messages.Where(message => message.IsError).Select(message => message with { Parameter = "query" }));
        found.AddRange(TimeRange.Resolve(from, to, now, TimeZoneInfo.Utc).Messages.Where(message => message.IsError));
        var columns = request.Columns ?? [];
        if (columns.Count > MaxColumns)
        {
            found.Add(new QueryMessage(Code, "columns", 0, 1, $"columns: there are {columns.Count}, and {MaxColumns} at most.", ""));
        }

        found.AddRange(columns.Take(MaxColumns).Where(column => QueryFields.Find(column ?? "") is not { } field || field.Name != column)
            .Select(column => new QueryMessage(Code, "columns", 0, Math.Max(column?.Length ?? 0, 1), $"columns: \"{column}\" is no field of the query language.", "")));
        errors = found;
        return found.Count > 0 ? null : new SavedSearchItem(name.Trim(), query, from, to, columns, owner, request.IsShared, now);
    }

    private static string Default(string? text, string otherwise) => string.IsNullOrWhiteSpace(text) ? otherwise : text.Trim();
}
