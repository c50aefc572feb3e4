using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Search;

namespace KubeLens.Store.Tests.Commands;

/// <summary>Runs of commands said again, from calls in memory.</summary>
internal static class NaiveCommands
{
    public static List<CommandRun> Of(IReadOnlyList<CallRecord> calls, QueryNode query, DateTimeOffset from, DateTimeOffset to) =>
    [
        .. calls.Where(call => call.Time >= from && call.Time <= to && Guid.TryParseExact(call.Program.Session, "D", out _))
            .GroupBy(call => (call.Program.Session, call.Cluster, call.User))
            .Select(run => (Calls: run.OrderBy(Position).ToList(), Found: run.Where(call => NaiveQuery.Matches(query, call)).ToList()))
            .Where(run => run.Found.Count > 0)
            .OrderByDescending(run => run.Found.Max(Position))
            .Select(run => Run(run.Calls, from)),
    ];

    /// <summary>What can be compared: lists as their items, and the query by what it says.</summary>
    public static string Text(CommandRun run) =>
        $"{run.Session} {run.Cluster} {run.User} {run.Command}|{run.UserAgent}|{run.SourceIp}|{run.FirstAt:O} {run.LastAt:O} {run.Calls} {run.InFlight} {run.Writes} {run.Changes} {run.Interactive} {run.Refused} {run.Failed} [{string.Join(", ", run.Objects)}] {run.ObjectCount} {run.Quality}";

    private static (DateTimeOffset, long, int) Position(CallRecord call) => (call.Time, call.Position!.BatchId, call.Position.Ordinal);

    private static CommandRun Run(List<CallRecord> calls, DateTimeOffset from)
    {
        static DateTimeOffset Start(CallRecord call) => call.Time.AddMicroseconds(-call.LatencyUs);
        static bool IsOf(CallRecord call, string text) => NaiveQuery.Matches(QueryParser.Parse(text).Root!, call);
        static bool Changes(CallRecord call) => IsOf(call, "is:mutating status:2xx") && !call.Options.DryRun;
        var byStart = calls.OrderBy(Start).ToList();
        var objects = byStart.Where(call => call.Resource.Length > 0)
            .GroupBy(call => (call.ApiGroup, call.Resource, call.Namespace, call.Name))
            .Select(about => (Is: new CommandObject(about.Key.ApiGroup, about.Key.Resource, about.Key.Namespace, about.Key.Name, about.Count(), about.Any(Changes)), First: about.Min(Start)))
            .OrderBy(about => about.Is.Changed ? 0 : 1).ThenBy(about => about.First)
            .ThenBy(about => about.Is.ApiGroup, StringComparer.Ordinal).ThenBy(about => about.Is.Resource, StringComparer.Ordinal).ThenBy(about => about.Is.Namespace, StringComparer.Ordinal).ThenBy(about => about.Is.Name, StringComparer.Ordinal)
            .Select(about => about.Is).ToList();
        return new CommandRun
        {
            Session = calls[0].Program.Session,
            Cluster = calls[0].Cluster,
            User = calls[0].User,
            Command = byStart.Select(call => call.Program.Command).FirstOrDefault(command => command.Length > 0) ?? "",
            UserAgent = byStart[0].UserAgent,
            SourceIp = byStart[0].SourceIp,
            FirstAt = Start(byStart[0]),
            LastAt = calls[^1].Time,
            Calls = calls.Count,
            InFlight = 0,
            Writes = calls.Count(call => IsOf(call, "is:mutating")),
            Changes = calls.Count(Changes),
            Interactive = calls.Count(call => IsOf(call, "class:interactive")),
            Refused = calls.Count(call => IsOf(call, "is:denied")),
            Failed = calls.Count(call => IsOf(call, "(status:none OR status:400..999) -is:denied -(status:404 class:read)")),
            Objects = [.. objects.Take(20)],
            ObjectCount = objects.Count,
            Query = "",
            Quality = new CountQuality(CountQuality.Exact, from, calls.Count),
        };
    }
}
