using Npgsql;

namespace KubeLens.Store.Backups;

/// <summary>The tables of the Store, as they are in a database: whoever adds one need not think of backups.</summary>
internal static class TableCatalog
{
    /// <summary>Names, but of partitions, of the list of migrations, and of what holds numbers of this server's transactions.</summary>
    public static Task<List<string>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ReadAsync(connection, "select relname::text from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition and relname not in ('__EFMigrationsHistory', 'arrival', 'arrival_floor') order by relname", "", cancellationToken);

    public static Task<List<string>> ColumnsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken) =>
        ReadAsync(connection, "select attname::text from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum", table, cancellationToken);

    public static Task<List<string>> PartitionsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken) =>
        ReadAsync(connection, "select c.relname::text from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass order by c.relname", table, cancellationToken);

    /// <summary>Columns that count up by themselves.</summary>
    public static Task<List<string>> CountedAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken) =>
        ReadAsync(connection, "select attname::text from pg_attribute where attrelid = $1::regclass and attidentity <> ''", table, cancellationToken);

    public static async Task<T> AskAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static async Task DoAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<string>> ReadAsync(NpgsqlConnection connection, string sql, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (table.Length > 0)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        }

        var texts = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
