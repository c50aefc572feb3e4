using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Store.Tests.Counts;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Commands;

public sealed class CommandsAgreementTests(PostgresServer postgres)
{
    private const int Calls = 400;
    private const int Queries = 25;

    private static readonly string[] Sessions = ["", .. Enumerable.Range(1, 30).Select(i => $"0190c2d4-5b6e-7f80-9a1b-0000000000{i:00}")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Calls of an hour that is sealed and of one before it, of now, and two that only the overflow table took.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public async Task Runs_OfRandomQueries_AreTheNaiveOnes(int seed, bool isSealed)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, [.. SealedStore.Settings, $"--Sealing:GraceMinutes={(seed == 3 ? 60 : 0)}", "--Search:TimeoutSeconds=60"]);
        var random = new RandomSearch(seed);
        var calls = CountsAgreementTests.Spread(random.Calls(Calls, SealedStore.HourAgo(4))).ConvertAll(call => Commanded(call, random));
        (await store.DeliverAsync(calls, Cancel)).PartialSuccess.ShouldBeNull();
        if (isSealed)
        {
            await store.SealAsync(Cancel);
            (await store.PlacesAsync(Cancel)).Sealed.ShouldBeGreaterThan(150);
        }

        var (several, oldest, newest) = (0, calls.Min(call => call.Time), calls.Max(call => call.Time));
        for (var i = 0; i < Queries; i++)
        {
            var (text, root) = i == 0 ? ("", AllNode.Instance) : random.Query(calls);
            var from = i % 3 == 0 ? oldest : newest.AddSeconds(-random.Next(20_000));
            var expected = NaiveCommands.Of(calls, root, from, newest);

            var runs = await store.AllCommandsAsync(text, from, newest, 1 + random.Next(30), Cancel);

            runs.Select(NaiveCommands.Text).ShouldBe(expected.Select(NaiveCommands.Text), text);
            several += runs.Count > 1 ? 1 : 0;
        }

        several.ShouldBeGreaterThan(Queries / 4, "too few of the queries found runs to say much");
    }

    [Fact]
    public async Task Query_OfARun_FindsJustItsCalls()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var random = new RandomSearch(5);
        var calls = random.Calls(Calls, SampleCalls.Now.AddMinutes(-1)).ConvertAll(call => Commanded(call, random));
        await store.DeliverAsync(calls, Cancel);

        var runs = await store.AllCommandsAsync("", calls.Min(call => call.Time), calls.Max(call => call.Time), 100, Cancel);

        runs.Count.ShouldBeGreaterThan(30);
        foreach (var run in runs)
        {
            (await store.SearchAsync(run.Query, Cancel)).Select(item => item.Id).ShouldBe(
                calls.Where(call => (call.Program.Session, call.Cluster, call.User) == (run.Session, run.Cluster, run.User))
                    .OrderByDescending(call => (call.Time, call.Position!.BatchId, call.Position.Ordinal)).Select(SealedStore.IdOf),
                run.Query);
        }
    }

    [Fact]
    public async Task Pages_WithAnHourSealedBetweenThem_AndCallsThatComeMeanwhile_TellEachRunOnce()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var random = new RandomSearch(6);
        var calls = random.Calls(Calls, SealedStore.HourAgo(3)).ConvertAll(call => Commanded(call, random));
        await store.DeliverAsync(calls, Cancel);
        var (from, to) = (calls.Min(call => call.Time), SampleCalls.Now.AddSeconds(-30));
        var expected = NaiveCommands.Of(calls, AllNode.Instance, from, to).Select(run => (run.Session, run.Cluster, run.User)).ToList();

        var runs = await store.AllCommandsAsync("", from, to, 7, Cancel, async () =>
        {
            await store.SealAsync(Cancel);

            // The runs go on, later than what was asked for.
            await store.DeliverAsync(calls.Take(20).Select(call => call with { Time = SampleCalls.Now, Position = SampleCalls.Position(0, 1, SampleCalls.NextBatchId()) }), Cancel);
        });

        (await store.PlacesAsync(Cancel)).Sealed.ShouldBe(Calls);
        runs.Select(run => (run.Session, run.Cluster, run.User)).ShouldBe(expected);
    }

    // Of few users and clusters, so that runs have several calls.
    private static CallRecord Commanded(CallRecord call, RandomSearch random) => call with
    {
        User = random.Next(4) == 0 ? call.User : "alice",
        Cluster = random.Next(4) == 0 ? call.Cluster : "prod",
        Program = call.Program with { Session = Sessions[random.Next(Sessions.Length)] },
    };
}
