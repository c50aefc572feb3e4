using System.Text.Json.Nodes;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Audit;

/// <summary>What becomes of calls and events does not depend on their order, nor on how they were split into messages.</summary>
public sealed class AuditOrderTests(PostgresServer postgres)
{
    private const int Orders = 12, CallsEach = 12;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyOrder_EndsTheSame()
    {
        // Only the test resolves: on a slow machine the Store itself would begin to, between a step and the next.
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Audit:WaitSeconds=1", "--Audit:StartSeconds=3600");
        for (var seed = 1; seed <= Orders; seed++)
        {
            var random = new Random(seed);
            var expected = new List<string>();
            var steps = new List<Func<Task>>();
            for (var i = 0; i < CallsEach; i++)
            {
                Add($"s{seed}-{i}", random, store, steps, expected);
            }

            foreach (var step in steps.OrderBy(_ => random.Next()))
            {
                await step();
            }

            await store.ResolveAsync(Cancel);
            await store.ResolveAsync(Cancel);

            var found = await Task.WhenAll((await store.SearchAsync($"name:s{seed}-*", Cancel)).Select(item => store.GetAsync(item.Id, Cancel)));
            found.Select(Text).Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal), $"seed {seed}");
            (await AuditJoinTests.WaitingAsync(store)).ShouldBe(0, $"seed {seed}");
        }
    }

    private static string Text(CallDetails call) => $"{call.Name} {call.Source} audited={call.Audit is not null} {call.User} {call.Path}";

    // One story: recorded and logged, recorded only, logged only, or recorded and logged with its id used by another beside it.
    private static void Add(string name, Random random, TestStore store, List<Func<Task>> steps, List<string> expected)
    {
        var call = AuditSample.Call(name) with { Path = $"/api/v1/namespaces/default/pods/{name}", Query = "", User = "claimed", Position = SampleCalls.Position(0, 1, SampleCalls.NextBatchId()) };
        var story = random.Next(4);
        if (story != 2)
        {
            steps.Add(() => store.DeliverAsync([call], Cancel));
            expected.Add($"{name} gateway audited={story != 1} {(story == 1 ? "claimed" : "alice")} {call.Path}");
        }

        if (story != 1)
        {
            var told = AuditSample.Of(call).With("user", new JsonObject { ["username"] = "alice" });
            Post([told, told, AuditSample.Of(call, "RequestReceived"), AuditSample.Of(call, "ResponseStarted")], random, store, steps);
        }

        if (story == 2)
        {
            expected.Add($"{name} bypass audited=True alice {call.Path}");
        }

        if (story == 3)
        {
            var forged = AuditSample.Forge(AuditSample.Of(call), "/api/v1/secrets").With("user", new JsonObject { ["username"] = "mallory" });
            Post([forged, forged], random, store, steps);
            expected.Add($"{name} conflict audited=True mallory /api/v1/secrets");
        }
    }

    private static void Post(List<JsonObject> events, Random random, TestStore store, List<Func<Task>> steps)
    {
        foreach (var some in events.GroupBy(_ => random.Next(2)))
        {
            steps.Add(() => store.PostAuditAsync(Cancel, some));
        }
    }
}
