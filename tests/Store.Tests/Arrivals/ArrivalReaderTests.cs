using KubeLens.Store.Arrivals;
using KubeLens.Store.Database;
using KubeLens.Testing;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Tests.Arrivals;

/// <summary>Whoever follows is told of each arrival once, in whatever order transactions end.</summary>
public sealed class ArrivalReaderTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("none")]
    [InlineData("citus")]
    public async Task Reader_WhileATransactionIsSlow_TellsOfOthersAndThenOfIt(string distribution)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var database = NpgsqlDataSource.Create(store.ConnectionString);
        var reader = new ArrivalReader(database, Options.Create(new DatabaseOptions { Distribution = distribution }));
        var position = await reader.NowAsync(Cancel);
        await using var slow = await database.OpenConnectionAsync(Cancel);
        await using var transaction = await slow.BeginTransactionAsync(Cancel);
        await InsertAsync(slow, 1);
        await using var fast = await database.OpenConnectionAsync(Cancel);
        await InsertAsync(fast, 2);

        (var told, position) = await TellAsync(reader, position);
        told.ShouldBe([2L]);
        (told, position) = await TellAsync(reader, position);
        told.ShouldBeEmpty();

        await transaction.CommitAsync(Cancel);
        await InsertAsync(fast, 3);
        (told, position) = await TellAsync(reader, position);
        told.ShouldBe([1L, 3L]);
        (await TellAsync(reader, position)).Told.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("citus")]
    public async Task Reader_InSmallSteps_LosesAndDoublesNothing(string distribution)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var database = NpgsqlDataSource.Create(store.ConnectionString);
        var reader = new ArrivalReader(database, Options.Create(new DatabaseOptions { Distribution = distribution }));
        var random = new Random(20261129);
        var position = await reader.NowAsync(Cancel);
        var (sent, told, open) = (0L, new List<long>(), new List<(NpgsqlConnection Connection, NpgsqlTransaction Transaction)>());
        for (var step = 0; step < 300; step++)
        {
            switch (random.Next(4))
            {
                case 0 when open.Count < 5:
                    var connection = await database.OpenConnectionAsync(Cancel);
                    open.Add((connection, await connection.BeginTransactionAsync(Cancel)));
                    break;
                case 1 when open.Count > 0:
                    await InsertAsync(open[random.Next(open.Count)].Connection, ++sent);
                    break;
                case 2 when open.Count > 0:
                    await EndAsync(open, random.Next(open.Count));
                    break;
                default:
                    var (some, next) = await reader.ReadAsync(position, mostCalls: 2, Cancel);
                    told.AddRange(some.Select(arrival => arrival.BatchId));
                    position = next;
                    break;
            }
        }

        while (open.Count > 0)
        {
            await EndAsync(open, 0);
        }

        // What it was in the middle of, and then what came since.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (var rest, position) = await TellAsync(reader, position);
            told.AddRange(rest);
        }

        told.Order().ShouldBe(Enumerable.Range(1, (int)sent).Select(i => (long)i));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("citus")]
    public async Task Reader_WhereTransactionsGetOneMoreDigit_KeepsTheirOrder(string distribution)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var database = NpgsqlDataSource.Create(store.ConnectionString);
        var reader = new ArrivalReader(database, Options.Create(new DatabaseOptions { Distribution = distribution }));
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await UseUpAsync(connection);
        var position = await reader.NowAsync(Cancel);
        for (var batch = 1; batch <= 40; batch++)
        {
            await InsertAsync(connection, batch);
        }

        (var told, _) = await TellAsync(reader, position);

        told.ShouldBe(Enumerable.Range(1, 40).Select(i => (long)i));
        (await store.ScalarAsync<int>("select count(distinct length(xid::text))::integer from arrival", Cancel)).ShouldBe(2);
    }

    /// <summary>On Citus what has its lock is still on its way to the workers, whatever the snapshot says.</summary>
    [Theory]
    [InlineData("100:110:103", "107", "100:110:103,107")]
    [InlineData("100:110:103", "103", "100:110:103")]
    [InlineData("100:110:103", "95", "95:110:95,103")]
    [InlineData("100:110:", "", "100:110:")]
    [InlineData("100:110:", "110, 120", "100:110:")]
    [InlineData("4294967300:4294967310:", "2", "4294967298:4294967310:4294967298")]
    public async Task Snapshot_WithTransactionsThatHaveTheirLock_TakesThemForRunning(string taken, string locked, string expected)
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(Cancel));
        await using var command = database.CreateCommand($"select {EndedSnapshot.Of($"'{taken}'::pg_snapshot", $"select unnest(array[{locked}]::bigint[])")}::pg_snapshot::text");

        (await command.ExecuteScalarAsync(Cancel)).ShouldBe(expected);
    }

    // Up to some before the next power of ten.
    private static async Task UseUpAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("""
            do $$
            begin
                while pg_current_xact_id()::text::bigint < 10 ^ length(pg_current_xact_id()::text) - 20 loop
                    commit;
                end loop;
            end $$
            """, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task EndAsync(List<(NpgsqlConnection Connection, NpgsqlTransaction Transaction)> open, int index)
    {
        await open[index].Transaction.CommitAsync(Cancel);
        await open[index].Connection.DisposeAsync();
        open.RemoveAt(index);
    }

    // All until there is nothing.
    private static async Task<(List<long> Told, ArrivalPosition Position)> TellAsync(ArrivalReader reader, ArrivalPosition position)
    {
        var told = new List<long>();
        while (true)
        {
            var (some, next) = await reader.ReadAsync(position, mostCalls: 2, Cancel);
            position = next;
            if (some.Count == 0)
            {
                return (told, position);
            }

            told.AddRange(some.Select(arrival => arrival.BatchId));
        }
    }

    private static async Task InsertAsync(NpgsqlConnection connection, long batch)
    {
        await using var insert = new NpgsqlCommand("insert into arrival (batch_id, ordinals, calls, oldest, newest, stored_at) values ($1, '\\x01', 1, now(), now(), now())", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = batch } } };
        await insert.ExecuteNonQueryAsync(Cancel);
    }
}
