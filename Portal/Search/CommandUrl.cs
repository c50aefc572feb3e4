using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search;

/// <summary>Where runs of commands are shown.</summary>
internal static class CommandUrl
{
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    /// <summary>The list of those with a call that a search finds.</summary>
    public static string List(SearchUrl url) => $"/commands{url.Results}";

    /// <summary>A run, from half an hour before its first call to half an hour after its last.</summary>
    public static string Page(CommandRun run) => Page(run.Session, SearchUrl.Of(null, null, null, null, null).Between(run.FirstAt - HalfHour, run.LastAt + HalfHour));

    /// <summary>The run of a call; null where its session is none that the Store finds.</summary>
    public static string? Of(CallDetails call) => Guid.TryParseExact(call.Program.Session, "D", out _) ? Page(call.Program.Session, SearchUrl.Around(call.Time, "")) : null;

    private static string Page(string session, SearchUrl url) => $"/commands/{session}?{url.Range}";
}
