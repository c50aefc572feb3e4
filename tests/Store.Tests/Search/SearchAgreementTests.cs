using KubeLens.Contracts.Calls;
using KubeLens.Store.Tests.Notes;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Search;

public sealed class SearchAgreementTests(PostgresServer postgres)
{
    private const int Calls = 400;
    private const int Queries = 150;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Search_OfRandomQueries_FindsWhatTheNaiveReadingFinds(int seed)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var random = new RandomSearch(seed);
        var calls = random.Calls(Calls, SampleCalls.Now.AddMinutes(-1));
        (await store.DeliverAsync(calls, Cancel)).PartialSuccess.ShouldBeNull();
        await RandomNotes.WriteAsync(store, calls, Cancel);
        var newestFirst = calls.OrderByDescending(c => c.Time).ThenByDescending(c => c.Position!.BatchId).ThenByDescending(c => c.Position!.Ordinal).ToList();
        var matches = 0;

        for (var i = 0; i < Queries; i++)
        {
            var (text, root) = random.Query(calls);
            var expected = newestFirst.Where(c => NaiveQuery.Matches(root, c)).Select(c => CallId.Of(c.Time, c.Position!.BatchId, c.Position.Ordinal).ToString()).ToList();

            var found = await store.SearchAsync(text, Cancel, limit: random.Limit());

            found.Select(f => f.Id).ShouldBe(expected, $"query {i}: {text}");
            matches += expected.Count is > 0 and < Calls ? 1 : 0;
        }

        matches.ShouldBeGreaterThan(Queries / 3, "too many of the queries matched nothing or everything to say much");
    }
}
