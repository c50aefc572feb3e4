using System.Net;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Commands;
using KubeLens.Store.Tests.Counts;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Commands;

public sealed class CommandsApiTests(PostgresServer postgres)
{
    private const string Session = "0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071", Other = "0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6072", Boot = "00000000000000b1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_OfTwoObjects_IsOneRunWithWhatItDid()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var now = SampleCalls.Now;
        CallRecord One(string verb, string resource, string name, int secondsAgo, string session = Session) => CommandsApiTests.One(verb, resource, name, secondsAgo, session) with { Time = now.AddSeconds(-secondsAgo) };
        await store.DeliverAsync(
        [
            One("get", "deployments", "web", 9) with { Status = 404 },
            One("create", "deployments", "web", 8) with { Status = 201 },
            One("get", "configmaps", "web", 7),
            One("patch", "configmaps", "web", 6) with { Status = 403 },
            One("patch", "services", "web", 5) with { Options = new CallOptions { DryRun = true } },
            One("list", "pods", "", 4),
            One("get", "", "", 3),
            One("create", "pods", "web", 2) with { Subresource = "exec", Status = 500 },
            One("delete", "pods", "web", 1, session: Other),
            One("delete", "pods", "nobody", 1, session: ""),
        ], Cancel);

        var page = await store.CommandsAsync("", Cancel);

        page.Runs.Select(run => run.Session).ShouldBe([Other, Session]);
        var apply = page.Runs[1];
        (apply.Command, apply.User, apply.Cluster, apply.UserAgent, apply.SourceIp).ShouldBe(("kubectl apply", "alice", "prod", "kubectl/v1.32.0 (linux/amd64)", "127.0.0.1"));
        (apply.Calls, apply.InFlight, apply.Writes, apply.Changes, apply.Interactive, apply.Refused, apply.Failed).ShouldBe((8, 0, 3, 1, 1, 1, 1));
        (apply.LastAt - apply.FirstAt).ShouldBe(TimeSpan.FromSeconds(7) + TimeSpan.FromMicroseconds(12_345));
        apply.Objects.ShouldBe(
        [
            new CommandObject("", "deployments", "default", "web", 2, true), new CommandObject("", "configmaps", "default", "web", 2, false),
            new CommandObject("", "services", "default", "web", 1, false), new CommandObject("", "pods", "default", "", 1, false), new CommandObject("", "pods", "default", "web", 1, false),
        ]);
        apply.ObjectCount.ShouldBe(5);
        apply.Query.ShouldBe($"session:{Session} user:alice cluster:prod");
        (await store.CommandsAsync("resource:services", Cancel)).Runs.ShouldHaveSingleItem().Calls.ShouldBe(8, "the query finds the run, and all its calls are told of");
        (await store.CommandsAsync("name:nobody", Cancel)).Runs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Session_ThatAnotherUserSends_IsNoPartOfTheRun()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([One("get", "pods", "web", 9), One("delete", "pods", "web", 8) with { User = "mallory" }, One("list", "pods", "", 7) with { Cluster = "stage" }], Cancel);

        var runs = (await store.CommandsAsync($"session:{Session}", Cancel)).Runs;

        runs.Select(run => (run.User, run.Cluster, run.Calls)).ShouldBe([("alice", "stage", 1), ("mallory", "prod", 1), ("alice", "prod", 1)]);
    }

    /// <summary>Whoever sends no uuid is in no run, and a command is text and nothing else.</summary>
    [Fact]
    public async Task Headers_ThatKubectlDoesNotSend_MakeNoRunsOrAreText()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        string[] sessions = ["", "x", "*", "'; drop table call; --", Session.ToUpperInvariant(), Session + " ", $"{{{Session}}}", new string('s', 300), "\u202e\0\ud83d\ude00"];
        string[] commands = ["<script>alert(1)</script>", "kubectl \0\u202e\n\t\"quoted\"", new string('k', 10_000), "a OR user:*"];
        await store.DeliverAsync(sessions.Select(session => One("get", "pods", "web", 9, session)), Cancel);
        (await store.CommandsAsync("", Cancel)).Runs.ShouldBeEmpty();

        foreach (var (command, i) in commands.Select((command, i) => (command, i)))
        {
            var session = Guid.CreateVersion7().ToString("D");
            await store.DeliverAsync([One("get", "pods", "web", i, session) with { Program = new CallProgram { Command = command, Session = session } }], Cancel);
            var run = (await store.CommandsAsync($"session:{session}", Cancel)).Runs.ShouldHaveSingleItem();
            run.Calls.ShouldBe(1);
            var call = await store.GetAsync((await store.SearchAsync(run.Query, Cancel)).ShouldHaveSingleItem().Id, Cancel);
            run.Command.ShouldBe(call.Program.Command);
            run.Command[..8].ShouldBe(command[..8]);
        }
    }

    [Fact]
    public async Task Calls_ThatHaveNotEnded_AreOfTheRun()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([One("list", "pods", "", 60), One("get", "pods", "web", 30, session: Other)], Cancel);
        await store.DeliverRecordsAsync([Otlp.Open(Open(7, Session)), Otlp.Open(Open(8, Guid.CreateVersion7().ToString("D"))), Otlp.Lease(Boot)], Cancel);

        var page = await store.CommandsAsync("", Cancel, to: "now", limit: 1);

        page.Runs.Select(run => (run.Calls, run.InFlight, run.Quality.Calls)).ShouldBe([(1, 1, 0), (1, 0, 1)], "one that has not ended a call yet comes first");
        var next = (await store.CommandsAsync("", Cancel, to: "now", limit: 1, cursor: page.Next)).Runs.ShouldHaveSingleItem();
        (next.Session, next.Calls, next.InFlight, next.Failed).ShouldBe((Session, 2, 1, 0));
        next.LastAt.ShouldBeGreaterThan(SampleCalls.Now.AddSeconds(-30), "it goes on");
        (await store.CommandsAsync("is:inflight verb:watch", Cancel)).Runs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Run_OfVeryManyCalls_IsToldOfTheNewest_AndOthersOfAll()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Search:TimeoutSeconds=60");
        var (many, batch) = (CommandTally.MaxCalls + 3, SampleCalls.NextBatchId());
        await store.DeliverAsync(Enumerable.Range(0, many).Select(i => One("get", "pods", "web", many - i) with { Position = SampleCalls.Position(i, many, batch) }), Cancel);
        await store.DeliverAsync([One("get", "pods", "web", many + 60, session: Other)], Cancel);

        var runs = (await store.CommandsAsync("", Cancel)).Runs;

        runs.Select(run => (run.Session, run.Calls, run.Quality.Basis)).ShouldBe([(Session, CommandTally.MaxCalls, CountQuality.Newest), (Other, 1, CountQuality.Exact)]);
        (await store.SearchAsync(runs[0].Query, Cancel, CountedStore.Text(runs[0].Quality.Since))).Count.ShouldBe(CommandTally.MaxCalls - 1, "that of the moment itself may not be the only one");
    }

    [Theory]
    [InlineData("q=vreb:get", "Q101")]
    [InlineData("limit=201", "Q160")]
    [InlineData("cursor=abc", "Q161")]
    [InlineData("form=now-1h", "Q162")]
    [InlineData("from=now&to=now-1h", "Q151")]
    public async Task Parameters_ThatAreWrong_AreToldAsOfCalls(string parameters, string code)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var answer = await store.Auditor.GetAsync($"/api/v1/commands?{parameters}", Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain($"\"{code}\"");
    }

    [Fact]
    public async Task Cursor_OfCalls_IsNoCursorOfCommands()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([One("get", "pods", "a", 9), One("get", "pods", "b", 8)], Cancel);
        var cursor = (await store.PageAsync("", "now-1h", "now", 1, null, Cancel)).Next.ShouldNotBeNull();

        using var answer = await store.Auditor.GetAsync($"/api/v1/commands?q=&from=now-1h&to=now&cursor={cursor}", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("another search");
    }

    private static CallRecord One(string verb, string resource, string name, int secondsAgo, string session = Session) => SampleCalls.One(name: name) with
    {
        Position = SampleCalls.Position(0, 1, SampleCalls.NextBatchId()),
        Time = SampleCalls.Now.AddSeconds(-secondsAgo),
        Verb = verb,
        Resource = resource,
        Program = new CallProgram { Command = verb == "list" ? "" : "kubectl apply", Session = session },
    };

    private static CallRecord Open(long sequence, string session) => One("watch", "pods", "", 20, session) with { Position = null, Boot = Boot, Sequence = sequence, LatencyUs = 1_000_000, Outcome = CallOutcome.Completed };
}
