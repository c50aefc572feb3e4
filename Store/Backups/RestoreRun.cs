using System.Security.Cryptography;
using KubeLens.Store.Arrivals;
using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KubeLens.Store.Backups;

/// <summary>
/// Reads a backup into an empty database, all or nothing:
/// <code>
/// 1 every file against the manifest → 2 the program's migrations against the backup's → 3 tables, where there are none
///                                   → 4 locked and empty? → 5 partitions, COPY, counts → commit
/// </code>
/// What is wrong is said with <see cref="InvalidDataException"/> or <see cref="ArgumentException"/>, and nothing is written then.
/// </summary>
internal sealed class RestoreRun(NpgsqlDataSource database, IDbContextFactory<StoreContext> contexts)
{
    private const int BufferBytes = 1 << 20;
    private const string OneRow = "call_floor";

    private static readonly PartitionTable[] Partitioned = [.. PartitionTable.All, PartitionTable.Chunk, PartitionTable.BodyPack];

    /// <param name="folder">Of the backup.</param>
    /// <param name="progress">Is told of each table that is done.</param>
    /// <param name="cancellationToken">Ends it, and nothing has happened.</param>
    public async Task<BackupManifest> RunAsync(string folder, Action<BackupTable> progress, CancellationToken cancellationToken)
    {
        // 1
        var manifest = await BackupManifest.ReadAsync(folder, cancellationToken);
        foreach (var table in manifest.Tables)
        {
            await CheckAsync(table, folder, cancellationToken);
        }

        // 2, 3
        await MigrateAsync(manifest, cancellationToken);

        // 4
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var names = await TableCatalog.TablesAsync(connection, cancellationToken);
        await TableCatalog.DoAsync(connection, $"lock table {string.Join(", ", names)} in share row exclusive mode", cancellationToken);
        await CheckTargetAsync(connection, manifest, names, cancellationToken);

        // 5
        await TableCatalog.DoAsync(connection, $"delete from {OneRow}", cancellationToken);
        foreach (var table in manifest.Tables)
        {
            await ReadAsync(connection, table, folder, cancellationToken);
            progress(table);
        }

        await ArrivalFloor.RaiseAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return manifest;
    }

    private static async Task CheckAsync(BackupTable table, string folder, CancellationToken cancellationToken)
    {
        var path = table.FileIn(folder);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (file.Length != table.Bytes)
        {
            throw new InvalidDataException($"{path} has {file.Length} bytes, and the manifest says {table.Bytes}: the backup is not whole. Nothing was restored.");
        }

        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) is var sha && sha != table.Sha256)
        {
            throw new InvalidDataException($"{path} has the SHA-256 {sha}, and the manifest says {table.Sha256}: it is damaged. Nothing was restored.");
        }
    }

    private async Task MigrateAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!context.Database.GetMigrations().SequenceEqual(manifest.Migrations))
        {
            throw new InvalidDataException($"The backup is of the migrations {string.Join(", ", manifest.Migrations)}, and this program is of {string.Join(", ", context.Database.GetMigrations())}: restore it with the program that made it, and let the newer one migrate the database. Nothing was restored.");
        }

        if ((await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList() is { Count: > 0 } applied && !applied.SequenceEqual(manifest.Migrations))
        {
            throw new ArgumentException($"ConnectionStrings:Store names a database of the migration {applied[^1]}: restore into an empty one. Nothing was restored.");
        }

        await context.Database.MigrateAsync(cancellationToken);
    }

    private static async Task CheckTargetAsync(NpgsqlConnection connection, BackupManifest manifest, List<string> names, CancellationToken cancellationToken)
    {
        if (!names.SequenceEqual(manifest.Tables.Select(table => table.Name)))
        {
            throw new InvalidDataException($"The backup has the tables {string.Join(", ", manifest.Tables.Select(table => table.Name))}, and the database has {string.Join(", ", names)}. Nothing was restored.");
        }

        foreach (var table in manifest.Tables)
        {
            if (!(await TableCatalog.ColumnsAsync(connection, table.Name, cancellationToken)).SequenceEqual(table.Columns))
            {
                throw new InvalidDataException($"The table {table.Name} has other columns in the backup than in the database. Nothing was restored.");
            }

            if (table.Name != OneRow && await TableCatalog.AskAsync<bool>(connection, $"select exists (select from {table.Name})", cancellationToken))
            {
                throw new ArgumentException($"ConnectionStrings:Store names a database whose table {table.Name} has rows: restore into an empty one. Nothing was restored.");
            }
        }
    }

    private static async Task ReadAsync(NpgsqlConnection connection, BackupTable table, string folder, CancellationToken cancellationToken)
    {
        var there = await TableCatalog.PartitionsAsync(connection, table.Name, cancellationToken);
        if (Partitioned.FirstOrDefault(known => known.Name == table.Name) is { } partitioned)
        {
            foreach (var start in table.Partitions.Except(there).Select(partitioned.ParseStart).OfType<DateTime>())
            {
                await TableCatalog.DoAsync(connection, partitioned.CreateSql(start), cancellationToken);
            }
        }

        await using (var file = new FileStream(table.FileIn(folder), FileMode.Open, FileAccess.Read))
        {
            await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table.Name} ({string.Join(", ", table.Columns)}) from stdin (format binary)", cancellationToken);
            await file.CopyToAsync(rows, BufferBytes, cancellationToken);
        }

        if (await TableCatalog.AskAsync<long>(connection, $"select count(*) from {table.Name}", cancellationToken) is var count && count != table.Rows)
        {
            throw new InvalidDataException($"The table {table.Name} has {count} rows after it was restored, and the manifest says {table.Rows}. Nothing was restored.");
        }

        foreach (var column in await TableCatalog.CountedAsync(connection, table.Name, cancellationToken))
        {
            await TableCatalog.DoAsync(connection, $"select setval(pg_get_serial_sequence('{table.Name}', '{column}'), coalesce(max({column}), 1), max({column}) is not null) from {table.Name}", cancellationToken);
        }
    }
}
