using System.Net;
using KubeLens.Contracts.Search;
using KubeLens.EndToEnd.Tests.Agreement;
using KubeLens.EndToEnd.Tests.Transparency;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Audit;

/// <summary>
/// A real apiserver posts its audit events: each call through the gateway is joined with its event, each that was made directly is a bypass, each
/// with another's audit-id a conflict. The apiserver's own log says which calls there were.
/// </summary>
public sealed class AuditWebhookTests(TestCluster clusters)
{
    private const int Seed = 20261128, Lanes = 4;

    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Events_InBatches_AreJoinedBypassOrConflict() => RunAsync("batch", calls: 160, direct: 40, forged: 8);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("batch")]
    [InlineData("blocking")]
    public Task Events_OfTwoThousandCalls_AreJoinedBypassOrConflict(string mode) => RunAsync(mode, calls: 2_000, direct: 200, forged: 50);

    private async Task RunAsync(string mode, int calls, int direct, int forged)
    {
        await using var system = await AuditedSystem.StartAsync(clusters, mode, Cancel);
        var run = $"t{Guid.NewGuid():N}"[..7];
        var ns = $"{run}m";
        (await system.Cluster.Kubectl("admin").RunAsync(["create", "namespace", ns], Cancel)).Require();
        var log = new AuditLog(system.Cluster);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");

        Caller[] callers =
        [
            .. Enumerable.Range(0, Lanes).Select(i => new Caller("gateway", system.Gateway, system.Gateway.Issued, As: i == 0 ? "alice" : "")),
            new("direct", system.Gateway, system.Cluster.Kubeconfig("admin")),
        ];
        await Task.WhenAll(callers.Select((caller, i) => new MixedTraffic(caller, run, ns, Seed + i).RunAsync(caller.Name == "direct" ? direct : calls / Lanes)));
        var known = (await FoundAsync(system, $"ua:{run}-gateway*")).Where(IsLogged).Take(forged).ToList();
        known.Count.ShouldBe(forged);
        await ForgeAsync(system.Cluster.Kubeconfig("admin"), run, ns, known);

        var events = (await log.SettledAsync(run, Cancel)).ToLookup(e => e.Agent);
        var (through, past, forgeries) = (events[$"{run}-gateway"].ToList(), events[$"{run}-direct"].ToList(), events[$"{run}-forged"].ToList());
        through.Count.ShouldBeGreaterThanOrEqualTo(calls * 9 / 10);
        past.Count.ShouldBeGreaterThanOrEqualTo(direct * 9 / 10);
        forgeries.Count.ShouldBe(forged);

        var total = through.Count + past.Count + forgeries.Count;

        // What is missing after that is named below.
        for (var waited = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(waited) < Settled && (await FoundAsync(system, $"has:audit ua:{run}-*")).Count < total;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), Cancel);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', system.Complaints));
        var found = await FoundAsync(system, $"ua:{run}-*");
        var details = new Dictionary<(string Agent, string AuditId), List<CallItem>>();
        foreach (var item in found)
        {
            var key = (item.UserAgent.Split('/')[0], item.AuditId);
            details.TryAdd(key, []);
            details[key].Add(item);
        }

        // Each event is one call, and each call of the gateway has its event.
        var all = through.Concat(past).Concat(forgeries).ToList();
        all.Where(e => !details.TryGetValue((e.Agent, e.AuditId), out var its) || its.Count != 1).Select(e => $"{e.Agent} {e}").ShouldBeEmpty();
        (await FoundAsync(system, $"ua:{run}-* -has:audit")).Where(IsLogged).Select(item => $"{item.Method} {item.Path} {item.Status}").ShouldBeEmpty();
        found.Count(IsLogged).ShouldBe(total);
        (await IdsAsync(system, $"ua:{run}-* is:bypass")).ShouldBe(past.Select(e => e.AuditId).Order());
        (await IdsAsync(system, $"ua:{run}-forged* is:conflict")).ShouldBe(forgeries.Select(e => e.AuditId).Order());
        (await IdsAsync(system, $"ua:{run}-gateway* is:conflict")).ShouldBe(forgeries.Select(e => e.AuditId).Order());
        (await FoundAsync(system, $"ua:{run}-direct* -is:bypass")).ShouldBeEmpty();

        // The apiserver's word: who acted as whom, and what was decided.
        (await FoundAsync(system, $"ua:{run}-gateway* -user:admin")).ShouldBeEmpty();
        (await FoundAsync(system, $"ua:{run}-gateway* as:alice has:audit")).Count.ShouldBe(through.Count(e => e.User == "alice"));
        var denied = await FoundAsync(system, $"ua:{run}-* decision:deny");
        denied.ShouldAllBe(item => item.Status == (int)HttpStatusCode.Forbidden);
        denied.Count(item => item.UserAgent.StartsWith($"{run}-gateway", StringComparison.Ordinal)).ShouldBe(through.Count(e => e.Code == (int)HttpStatusCode.Forbidden));
        TestContext.Current.TestOutputHelper?.WriteLine($"{mode}: {through.Count} joined, {past.Count} bypass, {forgeries.Count} conflict");
    }

    // As the audit policy says.
    private static bool IsLogged(CallItem item) => !item.Path.StartsWith("/healthz", StringComparison.Ordinal) && !item.Path.StartsWith("/livez", StringComparison.Ordinal);

    private static async Task ForgeAsync(string kubeconfig, string run, string ns, List<CallItem> known)
    {
        var api = new ApiAccess(kubeconfig);
        foreach (var call in known)
        {
            using var request = api.Request("GET", $"/api/v1/namespaces/{ns}/secrets/of-another", HttpVersion.Version20);
            request.Headers.TryAddWithoutValidation("User-Agent", $"{run}-forged/x");
            request.Headers.TryAddWithoutValidation("Audit-ID", call.AuditId);
            using var response = await api.Client.SendAsync(request, Cancel);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    private static Task<IReadOnlyList<CallItem>> FoundAsync(AuditedSystem system, string query) => system.Api.SearchAllAsync(query, Cancel);

    private static async Task<IEnumerable<string>> IdsAsync(AuditedSystem system, string query) => (await FoundAsync(system, query)).Select(item => item.AuditId).Order();
}
