using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Counts;

public sealed class CountsAgreementTests(PostgresServer postgres)
{
    private const int Calls = 400;
    private const int Queries = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Calls of an hour that is sealed and of one before it, of now, and two that only the overflow table took.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public async Task Counts_OfRandomQueries_AreTheNaiveOnes(int seed, bool isSealed)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, [.. SealedStore.Settings, $"--Sealing:GraceMinutes={(seed == 3 ? 60 : 0)}", CountedStore.Patient]);
        var random = new RandomSearch(seed);
        var calls = Spread(random.Calls(Calls, SealedStore.HourAgo(4)));
        (await store.DeliverAsync(calls, Cancel)).PartialSuccess.ShouldBeNull();
        if (isSealed)
        {
            await store.SealAsync(Cancel);
            (await store.PlacesAsync(Cancel)).Sealed.ShouldBeGreaterThan(150);
        }

        (await store.PlacesAsync(Cancel)).Overflow.ShouldBe(2);
        var (matches, oldest, newest) = (0, calls.Min(call => call.Time), calls.Max(call => call.Time));
        for (var i = 0; i < Queries; i++)
        {
            var (text, root) = random.Query(calls);
            var whole = i % 3 == 0;
            var from = whole ? oldest : newest.AddSeconds(-random.Next(20_000));
            var to = whole ? newest : from.AddSeconds(random.Next(20_000)).AddMicroseconds(random.Next(3));

            var found = await store.ShouldCountAsync(calls, text, root, from, to, 1 + random.Next(120), Cancel);

            matches += found is > 0 and < Calls ? 1 : 0;
        }

        matches.ShouldBeGreaterThan(Queries / 4, "too many of the queries matched nothing or everything to say much");
    }

    /// <summary>The simplest queries, and those that a click makes of them: every value finds just the calls that were counted.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("sub:exec")]
    [InlineData("-sub:* resource:(pods,nodes/proxy) -status:(4xx,500)")]
    [InlineData("is:mutating -kind:system user:~ali")]
    public async Task Value_OfAFacet_FindsTheCallsThatWereCounted(string query)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, CountedStore.Patient);
        var calls = new RandomSearch(7).Calls(Calls, SampleCalls.Now.AddMinutes(-1));
        calls[0] = calls[0] with { Resource = "a.b", ApiGroup = "", Status = 42, User = "system:node:n1", UserAgent = "x", Program = new CallProgram { Command = "x" } };
        calls[1] = calls[1] with { Resource = "pods", ApiGroup = "core" };
        await store.DeliverAsync(calls, Cancel);
        var root = QueryParser.Parse(query).Root.ShouldNotBeNull();

        var facets = await store.FacetsAsync(query, "now-30d", "now+30d", Cancel);

        facets.Fields.Sum(facet => facet.Values.Count).ShouldBeGreaterThan(25);
        foreach (var facet in facets.Fields)
        {
            var own = QueryFacet.Of(root, facet.Field);
            foreach (var value in facet.Values)
            {
                (await store.SearchAsync(QueryPrinter.Print(own.Only(value.Value)), Cancel)).Count.ShouldBe((int)value.Calls, $"{facet.Field}:{value.Value}");
            }

            foreach (var named in own.Included.Concat(own.Excluded))
            {
                var found = (await store.SearchAsync(QueryPrinter.Print(own.Only(named)), Cancel)).Count;
                facet.Values.Where(value => own.Same(named, value.Value)).Sum(value => value.Calls).ShouldBe(found, $"{facet.Field}:{named}");
            }
        }
    }

    internal static List<CallRecord> Spread(List<CallRecord> calls) =>
        [.. calls.Select((call, i) => i < 2 ? call with { Time = call.Time.AddDays(-60) } : (i % 3) switch { 0 => call, 1 => call with { Time = call.Time.AddHours(-1) }, _ => call with { Time = SampleCalls.Now.AddSeconds(-i % 40) } })];
}
