using KubeLens.Testing;
using Npgsql;

namespace KubeLens.Testing.Tests.Postgres;

public sealed class PostgresServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateDatabase_Twice_GivesTwoEmptyDatabases()
    {
        await using var server = new PostgresServer();
        var first = await server.CreateDatabaseAsync(Token);
        var second = await server.CreateDatabaseAsync(Token);

        await ExecuteAsync(first, "create table item (id int)");

        (await ExecuteAsync(second, "select count(*) from pg_tables where tablename = 'item'")).ShouldBe(0L);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_AfterAnEnd_KeepsDataAndConnectionString(bool killed)
    {
        await using var server = new PostgresServer();
        var database = await server.CreateDatabaseAsync(Token);
        await ExecuteAsync(database, "create table item (id int); insert into item values (42)");

        await (killed ? server.KillAsync(Token) : server.StopAsync(Token));
        await Should.ThrowAsync<NpgsqlException>(() => ExecuteAsync(database, "select 1"));
        await server.StartAsync(Token);

        (await ExecuteAsync(database, "select id from item")).ShouldBe(42);
    }

    private static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Token);
    }
}
