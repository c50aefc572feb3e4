using KubeLens.Store.Distribution;
using KubeLens.Testing;
using Npgsql;

namespace KubeLens.Store.Tests.Distribution;

/// <summary>
/// The Store on a real Citus, where one is given: <c>KUBELENS_TEST_CITUS</c> is the connection string of a database on a coordinator, with the
/// extension and at least one worker. Each database that a test asks for is a schema there, which is dropped at its end.
/// </summary>
public sealed class CitusServerTests(PostgresServer postgres)
{
    private const string Variable = "KUBELENS_TEST_CITUS";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scenarios => [.. DistributedScenarios.All.Keys];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Scenario_OnCitus_EndsTheSame(string scenario)
    {
        using var run = DistributedRun.OnServer(Server());
        await DistributedScenarios.All[scenario](postgres);
        await run.CleanAsync(Cancel);
    }

    [Fact]
    public async Task Tables_OnCitus_LieWhereTheCatalogueSays()
    {
        using var run = DistributedRun.OnServer(Server());
        await using (var store = await TestStore.StartAsync(postgres, Cancel))
        {
            await store.DeliverAsync(SampleCalls.Batch(50, SampleCalls.NextBatchId()), Cancel);
            await using var connection = new NpgsqlConnection(store.ConnectionString + ";Pooling=false");
            await connection.OpenAsync(Cancel);

            var state = await DistributionState.ReadAsync(connection, Cancel);

            state.Columns.ShouldBe(TablePlacements.Distributed.ToDictionary(table => table.Table, table => table.Column!), ignoreOrder: true);
            (await store.ScalarAsync<bool>("select count(distinct colocationid) = 1 from pg_dist_partition where logicalrelid in ('call'::regclass, 'pack'::regclass)", Cancel)).ShouldBeTrue();
            (await store.ScalarAsync<bool>("select count(distinct colocationid) = 1 from pg_dist_partition where logicalrelid in ('call_chunk'::regclass, 'body_pack'::regclass)", Cancel)).ShouldBeTrue();
            (await store.ScalarAsync<long>("select count(*) from pg_inherits i left join pg_dist_partition p on p.logicalrelid = i.inhrelid where i.inhparent = 'call'::regclass and p.logicalrelid is null", Cancel)).ShouldBe(0, "partitions made since are spread as well");
            (await store.SearchAsync("", Cancel)).Count.ShouldBe(50);
        }

        await run.CleanAsync(Cancel);
    }

    private static string Server()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(server), $"No Citus: {Variable} does not name a database on a coordinator.");
        return server!;
    }
}
