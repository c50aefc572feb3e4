using System.Net;
using System.Net.Http.Json;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Tests.Export;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Access.Clusters;

/// <summary>What a token shows that is limited to one cluster.</summary>
public sealed class ClusterLimitTests(PostgresServer postgres)
{
    private const string Elsewhere = "elsewhr-7c1f";

    // What leads out of a query that is only put behind another.
    private static readonly string[] Queries =
    [
        "", "verb:get", $"cluster:{Elsewhere}", $"cluster:{Elsewhere} OR cluster:prod", "-cluster:prod", "NOT (cluster:prod)", "cluster:*", $"name:x OR user:{Elsewhere}", $"{Elsewhere}", "cluster:prod OR (verb:get AND NOT verb:list)",
        "OR", "(", ")", "verb:get)", "\"", "cluster:(", "verb:get) OR (cluster:*",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEndpointOfOneCluster_ShowsNothingOfAnother()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = await DeliverAsync(store);
        using var limited = await LimitedAsync(store, "auditor", "prod");
        var told = new HashSet<string>();
        foreach (var name in AccessTable.OfOneCluster.Where(name => !name.EndsWith("/live", StringComparison.Ordinal)))
        {
            foreach (var path in PathsOf(name.Split(' ')[1], calls))
            {
                using var answer = await limited.GetAsync(path, Cancel);
                (await answer.Content.ReadAsStringAsync(Cancel)).Replace(path, "", StringComparison.Ordinal).Split("\"messages\"")[0].ShouldNotContain(Elsewhere, Case.Insensitive, path);
                var all = await store.Auditor.GetStringOrEmptyAsync(path, Cancel);
                if (all.Contains(Elsewhere, StringComparison.Ordinal))
                {
                    told.Add(name);
                }
            }
        }

        // Where others see it, the test would have found it; a histogram has no names.
        told.Select(name => name.Split('/')[^1]).Order().ShouldBe(["calls", "export", "facets", "{id}"]);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("-cluster:prod", 0)]
    [InlineData("cluster:*", 2)]
    [InlineData("verb:get OR verb:list", 2)]
    [InlineData("name:mine-1", 1)]
    public async Task Counts_OfOneCluster_AreItsOwn(string query, int expected)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await DeliverAsync(store);
        using var limited = await LimitedAsync(store, "viewer", "prod");
        var q = Uri.EscapeDataString(query);

        (await limited.GetFromJsonAsync<CallPage>($"/api/v1/calls?q={q}&from=now-2h", Cancel))!.Items.Count.ShouldBe(expected);
        (await limited.GetFromJsonAsync<CallHistogram>($"/api/v1/histogram?q={q}&from=now-2h", Cancel))!.Buckets.Sum(bucket => bucket.Ok + bucket.ClientErrors + bucket.ServerErrors + bucket.None).ShouldBe(expected);
        var facets = (await limited.GetFromJsonAsync<CallFacets>($"/api/v1/facets?q={q}&from=now-2h", Cancel))!;
        facets.Fields.Select(field => field.Field).ShouldNotContain("cluster");
        facets.Fields.Single(field => field.Field == "gateway").Values.Sum(value => value.Calls).ShouldBe(expected);
        (await limited.GetFromJsonAsync<CallFacets>("/api/v1/facets?fields=cluster&from=now-2h", Cancel))!.Fields.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_OfOneCluster_GoOnWithItsOwnCalls()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await DeliverAsync(store);
        using var limited = await LimitedAsync(store, "viewer", "prod");

        var first = (await limited.GetFromJsonAsync<CallPage>("/api/v1/calls?from=now-2h&limit=1", Cancel))!;
        var second = (await limited.GetFromJsonAsync<CallPage>($"/api/v1/calls?from=now-2h&limit=1&cursor={first.Next}", Cancel))!;

        (first.Items.Single().Name, second.Items.Single().Name, second.Next).ShouldBe(("mine-2", "mine-1", null));
        using var others = await store.Auditor.GetAsync($"/api/v1/calls?from=now-2h&limit=1&cursor={first.Next}", Cancel);
        others.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Feed_OfOneCluster_HasItsOwnCalls()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await DeliverAsync(store);
        using var limited = await LimitedAsync(store, "viewer", "prod");
        using var response = await limited.GetAsync("/api/v1/live?from=now-1h&q=cluster:*", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));

        await store.DeliverAsync([SampleCalls.One(Elsewhere, Elsewhere) with { Cluster = Elsewhere }], Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "mine-3")], Cancel);

        var read = "";
        while (!read.Contains("mine-3", StringComparison.Ordinal))
        {
            read += (await reader.ReadLineAsync(Cancel)).ShouldNotBeNull();
        }

        read.ShouldContain("mine-2");
        read.ShouldNotContain(Elsewhere);
    }

    [Fact]
    public async Task EveryOtherEndpoint_RefusesATokenOfOneCluster()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var limited = await LimitedAsync(store, "auditor", "prod");
        foreach (var (name, role) in AccessTable.Roles.Where(endpoint => !AccessTable.OfOneCluster.Contains(endpoint.Key) && endpoint.Value != StoreRole.Anyone))
        {
            var (method, path) = (name.Split(' ')[0], name.Split(' ')[1].Replace("{id}", "x", StringComparison.Ordinal).Replace("{id:long}", "1", StringComparison.Ordinal).Replace("{note:long}", "1", StringComparison.Ordinal));
            using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
            using var response = await limited.SendAsync(request, Cancel);

            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden, name);
            if (role is StoreRole.Viewer or StoreRole.Auditor)
            {
                (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("is limited to the cluster prod", Case.Sensitive, name);
            }
        }
    }

    private static async Task<HttpClient> LimitedAsync(TestStore store, string role, string cluster)
    {
        using var admin = store.As(StoreRole.Admin);
        using var made = await admin.PostAsJsonAsync("/api/v1/tokens", new ApiTokenRequest("of one", role, "now+1d", cluster), Cancel);
        var token = (await made.Content.ReadFromJsonAsync<ApiTokenMade>(Cancel))!;
        token.Item.Cluster.ShouldBe(cluster);
        return store.Client(token.Token);
    }

    private static async Task<List<CallRecord>> DeliverAsync(TestStore store)
    {
        var now = SampleCalls.Now;
        List<CallRecord> calls =
        [
            SampleCalls.One(name: "mine-1") with { Time = now.AddMinutes(-4) },
            SampleCalls.One(Elsewhere, Elsewhere) with { Time = now.AddMinutes(-3), Cluster = Elsewhere, Namespace = Elsewhere, UserAgent = $"{Elsewhere}/1.0", Gateway = "gw-1" },
            SampleCalls.One(name: "mine-2") with { Time = now.AddMinutes(-2), Verb = "list" },
        ];
        for (var i = 0; i < calls.Count; i++)
        {
            calls[i] = calls[i] with { Position = new CallPosition(SampleCalls.NextBatchId(), 0, 1, DateOnly.FromDateTime(now.UtcDateTime)) };
        }

        await store.DeliverAsync(calls, Cancel);
        return calls;
    }

    private static IEnumerable<string> PathsOf(string path, List<CallRecord> calls) =>
        path.Contains("{id}", StringComparison.Ordinal) ? calls.Select(call => path.Replace("{id}", SealedStore.IdOf(call), StringComparison.Ordinal))
        : path.EndsWith("/export", StringComparison.Ordinal) ? [.. ((string[])["ndjson", "csv", "har", "audit"]).Select(format => Exports.PathOf(format)), .. Queries.Select(query => $"{path}?format=ndjson&from=now-2h&q={Uri.EscapeDataString(query)}")]
        : [.. Queries.Select(query => $"{path}?from=now-2h&q={Uri.EscapeDataString(query)}"), $"{path}?from=now-2h&Q=verb:get", $"{path}?from=now-2h&q=verb:get&q=cluster:{Elsewhere}", $"{path}?from=now-2h&q=a&Q=verb:get"];
}

internal static class ClusterLimitClient
{
    /// <summary>What it is told; nothing when it is refused.</summary>
    public static async Task<string> GetStringOrEmptyAsync(this HttpClient client, string path, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(path, cancellationToken);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(cancellationToken) : "";
    }
}
