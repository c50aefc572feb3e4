using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Objects;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Search;

/// <summary>What terms on changes find, of calls as rows and sealed.</summary>
public sealed class ChangeSearchTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("has:diff", "scale", "image", "label", "status", "same", "update")]
    [InlineData("changed:*", "scale", "image", "label", "status", "update")]
    [InlineData("changed:spec.replicas", "scale", "update")]
    [InlineData("changed:spec", "scale", "image", "update")]
    [InlineData("changed:spec.template.spec.containers.image", "image")]
    [InlineData("changed:spec.template.spec.containers[name=web].image", "image")]
    [InlineData("changed:spec.template.spec.containers[name=side].image")]
    [InlineData("changed:spec.*.spec", "image")]
    [InlineData("changed:spec.repl*", "scale", "update")]
    [InlineData("changed:=spec.repl*")]
    [InlineData("changed:\"spec.repl*\"")]
    [InlineData("changed:replicas")]
    [InlineData("changed:~replicas", "scale", "status", "update")]
    [InlineData("changed:metadata.labels.team", "label")]
    [InlineData("changed:\"metadata.labels[\\\"a.b/c\\\"]\"", "label")]
    [InlineData("changed:(status,metadata)", "label", "status")]
    [InlineData("changed:Spec.replicas")]
    [InlineData("verb:patch -changed:spec", "label", "same", "failed", "dry")]
    [InlineData("changed:spec.replicas OR status:409", "scale", "failed", "update")]
    [InlineData("changed:spec.replicas verb:update", "update")]
    [InlineData("body:\"\\\"replicas\\\":5\" changed:spec.replicas", "scale")]
    public async Task Term_OnChanges_FindsTheCallsThatMadeThem(string query, params string[] expected)
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var calls = Scenario();
        await store.DeliverAsync(calls.Values, Cancel);
        var names = calls.ToDictionary(call => SealedStore.IdOf(call.Value), call => call.Key);

        (await store.SearchAsync(query, Cancel)).Select(found => names[found.Id]).Reverse().ShouldBe(expected);

        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).Sealed.ShouldBe(calls.Count);
        (await store.SearchAsync(query, Cancel)).Select(found => names[found.Id]).Reverse().ShouldBe(expected);
        (await store.SearchAsync($"-({query})", Cancel)).Count.ShouldBe(calls.Count - expected.Length);
    }

    /// <summary>Each path that the change of a call tells finds just the calls that tell it, page by page, of several objects and of more than a history reads at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Terms_OfTheChangesThatAreTold_FindJustThose(int seed)
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var calls = Random(seed);
        await store.DeliverAsync(calls, Cancel);
        var told = new Dictionary<string, List<string>>();
        foreach (var call in calls.Where(call => call.Verb is "update" or "patch"))
        {
            told[SealedStore.IdOf(call)] = [.. (await ObjectScenario.OfCallAsync<CallChange>(store, call, "change", Cancel)).Version.Changes.Select(change => change.Path)];
        }

        var paths = told.Values.SelectMany(some => some).Distinct().Order(StringComparer.Ordinal).ToList();
        paths.Count.ShouldBeGreaterThan(3);
        foreach (var isSealed in new[] { false, true })
        {
            if (isSealed)
            {
                await store.SealAsync(Cancel);
            }

            foreach (var path in paths.Append("spec").Append("spec.template.spec.containers[name=web]"))
            {
                var expected = calls.Select(SealedStore.IdOf).Where(id => told.TryGetValue(id, out var some) && some.Exists(changed => changed == path || changed.StartsWith(path + ".", StringComparison.Ordinal) || changed.StartsWith(path + "[", StringComparison.Ordinal))).Reverse().ToList();
                (await store.SearchAsync($"changed:{path}", Cancel, limit: 3)).Select(found => found.Id).ShouldBe(expected, path);
            }
        }
    }

    private static Dictionary<string, CallRecord> Scenario()
    {
        var scenario = new ObjectScenario(SealedStore.HourAgo(3));
        const string Labels = ""","labels":{"team":"a","a.b/c":"d"}""";
        return new Dictionary<string, CallRecord>
        {
            ["create"] = scenario.Add("create", ObjectScenario.Deployment(1), status: 201),
            ["get"] = scenario.Add("get", ObjectScenario.Deployment(1)),
            ["scale"] = scenario.Add("patch", ObjectScenario.Deployment(2, 2, replicas: 5), request: """{"spec":{"replicas":5}}"""),
            ["image"] = scenario.Add("patch", ObjectScenario.Deployment(3, 3, replicas: 5, image: "web:2"), request: "{}"),
            ["label"] = scenario.Add("patch", ObjectScenario.Deployment(4, 3, replicas: 5, image: "web:2", metadata: Labels), request: "{}"),
            ["status"] = scenario.Add("update", ObjectScenario.Deployment(5, 3, replicas: 5, image: "web:2", metadata: Labels, ready: 5), sub: "status"),
            ["same"] = scenario.Add("patch", ObjectScenario.Deployment(5, 3, replicas: 5, image: "web:2", metadata: Labels, ready: 5), request: "{}"),
            ["failed"] = scenario.Add("patch", """{"kind":"Status"}""", status: 409, request: "{}"),
            ["dry"] = scenario.Add("patch", ObjectScenario.Deployment(5, 3, replicas: 9, image: "web:2", metadata: Labels, ready: 5), dryRun: true, request: "{}"),
            ["update"] = scenario.Add("update", ObjectScenario.Deployment(6, 4, replicas: 7, image: "web:2", metadata: Labels, ready: 5)),
            ["delete"] = scenario.Add("delete", ObjectScenario.Deployment(7, 4, replicas: 7, image: "web:2", metadata: Labels, ready: 5)),
        };
    }

    // Two objects of a name in two clusters, and reads between.
    private static List<CallRecord> Random(int seed)
    {
        var random = new Random(seed);
        ObjectScenario[] scenarios = [new(SealedStore.HourAgo(4)), new(SealedStore.HourAgo(4).AddSeconds(5), cluster: "test")];
        var replicas = new int[2];
        for (var i = 0; i < 120; i++)
        {
            var which = random.Next(2);
            var (replica, image, ready) = (replicas[which] = random.Next(3) == 0 ? random.Next(4) : replicas[which], $"web:{random.Next(2)}", random.Next(2));
            var metadata = random.Next(2) == 0 ? ""","labels":{"team":"a"}""" : "";
            scenarios[which].Add(random.Next(4) switch { 0 => "get", 1 => "update", _ => "patch" }, ObjectScenario.Deployment(i + 1, i + 1, replica, image, ready, metadata: metadata), request: "{}");
        }

        return [.. scenarios.SelectMany(scenario => scenario.Calls).OrderBy(call => call.Time)];
    }
}
