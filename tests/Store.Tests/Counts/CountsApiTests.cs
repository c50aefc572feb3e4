using System.Net;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Counts;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Counts;

public sealed class CountsApiTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_AreTheGoldenJson()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var time = DateTimeOffset.Parse("2026-11-01T10:15:00.00012Z", null);
        await store.DeliverAsync([SampleCalls.One() with { Time = time }, SampleCalls.One() with { Time = time.AddSeconds(90), Status = 0, Resource = "" }, SampleCalls.One() with { Time = time.AddSeconds(91), Status = 404 }], Cancel);

        (await store.Auditor.GetStringAsync("/api/v1/histogram?from=2026-11-01T10:15:00Z&to=2026-11-01T10:16:59Z&buckets=2", Cancel)).ShouldBe(
            """{"from":"2026-11-01T10:15:00.000000Z","to":"2026-11-01T10:16:59.000000Z","bucketSeconds":60,"buckets":[{"start":"2026-11-01T10:15:00.000000Z","ok":1,"clientErrors":0,"serverErrors":0,"none":0,"calls":1},{"start":"2026-11-01T10:16:00.000000Z","ok":0,"clientErrors":1,"serverErrors":0,"none":1,"calls":2}],"quality":{"basis":"exact","since":"2026-11-01T10:15:00.000000Z","calls":3}}""");
        (await store.Auditor.GetStringAsync("/api/v1/facets?from=2026-11-01T10:15:00Z&to=2026-11-01T10:17:00Z&fields=status,resource&top=2&q=-status:200", Cancel)).ShouldBe(
            """{"fields":[{"field":"status","values":[{"value":"200","calls":1},{"value":"404","calls":1}],"others":1,"absent":0,"quality":{"basis":"exact","since":"2026-11-01T10:15:00.000000Z","calls":3}},{"field":"resource","values":[{"value":"pods.core","calls":1}],"others":0,"absent":1,"quality":{"basis":"exact","since":"2026-11-01T10:15:00.000000Z","calls":2}}]}""");
    }

    [Theory]
    [InlineData("histogram?buckets=0", "buckets", "Q175")]
    [InlineData("histogram?buckets=301", "buckets", "Q175")]
    [InlineData("histogram?q=nonsense:1", "q", "Q101")]
    [InlineData("histogram?limit=1", "limit", "Q162")]
    [InlineData("facets?fields=verb,name", "fields", "Q176")]
    [InlineData("facets?fields=,", "fields,fields", "Q176,Q176")]
    [InlineData("facets?top=51&q=(&to=now-2h", "q,to,top", "Q106,Q151,Q177")]
    public async Task BadParameters_AreRefusedAllAtOnce(string query, string parameters, string codes)
    {
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel);

        using var response = await store.Auditor.GetAsync($"/api/v1/{query}", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonSerializer.Deserialize<QueryProblem>(await response.Content.ReadAsStringAsync(Cancel), JsonSerializerOptions.Web)!;
        problem.Messages.Select(message => message.Parameter).ShouldBe(parameters.Split(','));
        problem.Messages.Select(message => message.Code).ShouldBe(codes.Split(','));
        problem.Messages.ShouldAllBe(message => message.Length > 0 && message.Text.Length > 10);
    }

    [Theory]
    [InlineData("2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z", 60, 1, 1)]
    [InlineData("2026-11-01T10:00:00Z", "2026-11-01T10:59:59Z", 60, 60, 60)]
    [InlineData("2026-11-01T10:00:01Z", "2026-11-01T11:00:01Z", 60, 120, 31)]
    [InlineData("2026-11-01T00:00:00Z", "2026-11-01T23:59:59Z", 24, 3600, 24)]
    [InlineData("2026-11-01T00:00:00Z", "2026-11-30T23:59:59Z", 60, 43200, 60)]
    [InlineData("2026-10-01T00:00:00Z", "2026-11-30T23:59:59Z", 10, 604800, 9)]
    [InlineData("1970-01-01", "9997-12-31", 300, 1238630400, 205)]
    public async Task Buckets_HaveTheSmallestWidthThatIsEnough(string from, string to, int most, int seconds, int buckets)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, CountedStore.Patient);

        var histogram = await store.HistogramAsync("", from, to, Cancel, most);

        (histogram.BucketSeconds, histogram.Buckets.Count).ShouldBe((seconds, buckets));
        histogram.Quality.ShouldBe(new CountQuality(CountQuality.Exact, histogram.From, 0));
        histogram.Buckets[0].Start.ShouldBeLessThanOrEqualTo(histogram.From);
    }

    /// <summary>Forty calls a second for ten seconds, and only so many may be looked at.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(39)]
    [InlineData(100)]
    [InlineData(399)]
    public async Task MoreCallsThanAreLookedAt_AreTheNewestWholeMoments(int most)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, $"--Counts:MaxCalls={most}", CountedStore.Patient);
        var newest = SampleCalls.Now.AddSeconds(-20);
        var calls = SampleCalls.Batch(400).ConvertAll(call => call with { Time = newest.AddSeconds(-(call.Position!.Ordinal / 40)) });
        await store.DeliverAsync(calls, Cancel);
        var (from, to) = (CountedStore.Text(newest.AddSeconds(-15)), CountedStore.Text(newest));

        // More than a plain query says, and not in whole minutes: counted call by call.
        var histogram = await store.HistogramAsync("name:web-*", from, to, Cancel);
        var facet = (await store.FacetsAsync("name:web-*", from, to, Cancel, "gateway")).Fields.Single();

        foreach (var quality in new[] { histogram.Quality, facet.Quality })
        {
            quality.Basis.ShouldBe(CountQuality.Newest);
            quality.Calls.ShouldBe(most / 40 * 40);
            quality.Calls.ShouldBe(calls.Count(call => call.Time >= quality.Since));
        }

        histogram.Buckets.Sum(bucket => bucket.Calls).ShouldBe(histogram.Quality.Calls);
        facet.Values.Sum(value => value.Calls).ShouldBe(facet.Quality.Calls);
        (await store.HistogramAsync("name:web-*", CountedStore.Text(newest), to, Cancel)).Quality.Basis.ShouldBe(most < 40 ? CountQuality.Newest : CountQuality.Exact);
    }

    [Fact]
    public async Task Database_ThatTakesTooLong_IsNotWaitedFor_AndWhatWasCountedIsTheAnswer()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Counts:BudgetMilliseconds=300");
        await store.DeliverAsync(SampleCalls.Batch(5), Cancel);
        await using var blocker = await store.LockAsync("call_overflow", "access exclusive", Cancel);

        var histogram = await store.HistogramAsync("name:web-*", "now-1h", "now", Cancel);
        var facets = await store.FacetsAsync("verb:get name:web-*", "now-1h", "now", Cancel, "verb,gateway");

        foreach (var quality in new[] { histogram.Quality }.Concat(facets.Fields.Select(facet => facet.Quality)))
        {
            (quality.Basis, quality.Calls).ShouldBe((CountQuality.Newest, 0));
            quality.Since.ShouldBeGreaterThan(histogram.From);
        }
    }

    [Fact]
    public async Task CallsInFlight_AreNotCounted()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverRecordsAsync([Otlp.Open(SampleCalls.One(name: "running") with { Sequence = 7, Status = 0, Announced = true }), Otlp.Lease("00000000000000aa"), Otlp.Record(SampleCalls.One(name: "ended"))], Cancel);
        (await store.SearchAsync("is:inflight", Cancel)).ShouldHaveSingleItem();

        (await store.HistogramAsync("", "now-1h", "now", Cancel)).Quality.Calls.ShouldBe(1);
        (await store.HistogramAsync("is:inflight", "now-1h", "now", Cancel)).Quality.Calls.ShouldBe(0);
        (await store.FacetsAsync("", "now-1h", "now", Cancel, "user")).Fields.Single().Quality.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Database_Away_IsSaidWithWhenToTryAgain()
    {
        await using var own = new PostgresServer();
        await using var store = await TestStore.StartAsync(own, Cancel);
        await own.StopAsync(Cancel);

        foreach (var path in new[] { CountsApi.HistogramRoute, CountsApi.FacetsRoute })
        {
            using var response = await store.Auditor.GetAsync(path, Cancel);
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
            (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("does not answer");
        }
    }
}
