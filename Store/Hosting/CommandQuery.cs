using System.CommandLine;
using KubeLens.Contracts.Query;

namespace KubeLens.Store.Hosting;

/// <summary>Options of commands that ask for calls; what is wrong is told as the API tells it.</summary>
internal static class CommandQuery
{
    /// <summary>Fails with <see cref="ArgumentException"/>, which has every error in them.</summary>
    public static (QueryNode Node, TimeRange Range) Read(string query, string? from, string? to, DateTimeOffset now)
    {
        var (parsed, range) = (QueryParser.Parse(query), TimeRange.Resolve(from, to, now, TimeZoneInfo.Utc));
        var errors = parsed.Messages.Select(message => message with { Parameter = "q" }).Concat(range.Messages).Where(message => message.IsError).ToList();
        return errors.Count == 0 ? (parsed.Root!, range.Range!) : throw new ArgumentException(Text(errors));
    }

    public static string Text(IEnumerable<QueryMessage> errors) =>
        string.Join(Environment.NewLine, errors.Select(error => $"--{error.Parameter}: {error.Text}{(error.Fix.Length > 0 ? $" Try: {error.Fix}" : "")}"));

    /// <summary>What is to be recorded of an option; fails with <see cref="ArgumentException"/> when it is not one line of text.</summary>
    public static string Line(ParseResult arguments, Option<string> option) => RecordedLine.Read(arguments.GetValue(option)) ?? throw new ArgumentException($"{option.Name} {RecordedLine.Expected}");
}
