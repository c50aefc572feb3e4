using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>Runs of commands, of calls in memory.</summary>
internal static class CommandScript
{
    public const string Apply = "7c9e6679-7425-40de-944b-e07fc1f90ae7", Get = "16fd2706-8baf-433b-82eb-8c7fada847da";

    /// <summary>Newest first: a shell that runs, a get that was refused, an apply of two objects.</summary>
    public static List<CallDetails> Calls(DateTimeOffset now)
    {
        CallDetails One(int shape, double secondsAgo, string command, string session, Func<CallDetails, CallDetails>? change = null)
        {
            var call = SampleCalls.One(shape, now.AddSeconds(-secondsAgo));
            call = call with { Id = CallId.Of(call.Time, 99, shape).ToString(), User = "alice", Program = call.Program with { Command = command, Session = session }, LatencyMs = 40, StartedAt = call.Time.AddMilliseconds(-40) };
            return change?.Invoke(call) ?? call;
        }

        const string apply = "kubectl apply";
        return
        [
            One(5, 5, "kubectl exec", "0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071", call => call with { InFlight = true, Time = now, StartedAt = now.AddSeconds(-5), LatencyMs = 5_000, Id = "00000000000000b1-7" }),
            One(6, 60, "kubectl get", Get, call => call with { User = "mallory" }),
            One(2, 119.2, apply, Apply),
            One(1, 119.4, apply, Apply),
            One(14, 119.6, apply, Apply, call => call with { Verb = "create", Method = "POST", Status = 201, Resource = "services", ApiGroup = "", Name = "web" }),
            One(1, 119.8, apply, Apply, call => call with { Id = CallId.Of(call.Time, 98, 1).ToString(), Status = 404, Resource = "services", ApiGroup = "", Name = "web" }),
            One(10, 120, apply, Apply),
        ];
    }

    /// <summary>Of calls, newest first; enough for these tests, the Store's own hold the rest.</summary>
    public static IReadOnlyList<CommandRun> Of(IEnumerable<CallDetails> all, IReadOnlyList<CallDetails> found) =>
    [
        .. found.Where(call => call.Program.Session.Length > 0).Select(call => (call.Program.Session, call.User)).Distinct()
            .Select(run => Run([.. all.Where(call => (call.Program.Session, call.User) == run)])),
    ];

    private static CommandRun Run(List<CallDetails> calls)
    {
        static bool Writes(CallDetails call) => VerbClasses.Of(call.Verb, call.Subresource) is VerbClass.Write or VerbClass.Delete;
        static bool Changes(CallDetails call) => Writes(call) && call.Status is >= 200 and < 300;
        var objects = calls.Where(call => call.Resource.Length > 0).Reverse().GroupBy(call => (call.ApiGroup, call.Resource, call.Namespace, call.Name))
            .Select(about => new CommandObject(about.Key.ApiGroup, about.Key.Resource, about.Key.Namespace, about.Key.Name, about.Count(), about.Any(Changes))).ToList();
        return new CommandRun
        {
            Session = calls[0].Program.Session,
            Cluster = calls[0].Cluster,
            User = calls[0].User,
            Command = calls[^1].Program.Command,
            UserAgent = calls[^1].UserAgent,
            SourceIp = calls[^1].SourceIp,
            FirstAt = calls.Min(call => call.StartedAt),
            LastAt = calls.Max(call => call.Time),
            Calls = calls.Count,
            InFlight = calls.Count(call => call.InFlight),
            Writes = calls.Count(Writes),
            Changes = calls.Count(Changes),
            Interactive = calls.Count(call => VerbClasses.Of(call.Verb, call.Subresource) == VerbClass.Interactive),
            Refused = calls.Count(call => call.Status is 401 or 403),
            Failed = calls.Count(call => call.Status is >= 500 or null),
            Objects = objects,
            ObjectCount = objects.Count,
            Query = $"session:{calls[0].Program.Session} user:{calls[0].User}",
            Quality = new CountQuality(CountQuality.Exact, calls.Min(call => call.StartedAt), calls.Count),
        };
    }
}
