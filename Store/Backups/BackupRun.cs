using System.Data;
using System.Security.Cryptography;
using KubeLens.Store.Distribution;
using KubeLens.Store.Hosting;
using Npgsql;

namespace KubeLens.Store.Backups;

/// <summary>Writes every table into a file of its own, all of one moment. A Store may run meanwhile; nothing is dropped until it is done.</summary>
internal sealed class BackupRun(NpgsqlDataSource database, TimeProvider time)
{
    private const int BufferBytes = 1 << 20;

    /// <param name="folder">Made, or empty.</param>
    /// <param name="progress">Is told of each table that is done.</param>
    /// <param name="cancellationToken">Ends it; there is no manifest then.</param>
    public async Task<BackupManifest> RunAsync(string folder, Action<BackupTable> progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"{folder} is not empty: a backup needs a folder of its own.");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await OneServer.EnsureAsync(connection, "store backup", "back up its nodes, as docs/operations.md says", cancellationToken);
        OwnerFile.CreateFolder(folder);
        var names = await TableCatalog.TablesAsync(connection, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

        // Locked before the snapshot is taken: what it sees cannot be dropped any more.
        await TableCatalog.DoAsync(connection, $"set transaction read only; lock table {string.Join(", ", names)} in access share mode", cancellationToken);
        var created = time.GetUtcNow().UtcDateTime;
        var migrations = await TableCatalog.AskAsync<string[]>(connection, "select array_agg(migration_id::text order by migration_id collate \"C\") from \"__EFMigrationsHistory\"", cancellationToken);
        var tables = new List<BackupTable>();
        foreach (var name in names)
        {
            tables.Add(await WriteAsync(connection, folder, name, cancellationToken));
            progress(tables[^1]);
        }

        var manifest = new BackupManifest(BackupManifest.CurrentFormat, created, migrations, await EdgeAsync(connection, "min", "ts_min", cancellationToken), await EdgeAsync(connection, "max", "ts_max", cancellationToken), tables);
        await using (var file = OwnerFile.Open(Path.Combine(folder, BackupManifest.FileName + ".part"), FileMode.Create))
        {
            await file.WriteAsync(manifest.Write(), cancellationToken);
        }

        File.Move(Path.Combine(folder, BackupManifest.FileName + ".part"), Path.Combine(folder, BackupManifest.FileName));
        return manifest;
    }

    private static async Task<BackupTable> WriteAsync(NpgsqlConnection connection, string folder, string name, CancellationToken cancellationToken)
    {
        var columns = await TableCatalog.ColumnsAsync(connection, name, cancellationToken);
        var table = new BackupTable(name, columns, await TableCatalog.PartitionsAsync(connection, name, cancellationToken), await TableCatalog.AskAsync<long>(connection, $"select count(*) from {name}", cancellationToken), 0, "");
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = OwnerFile.Open(table.FileIn(folder), FileMode.CreateNew);
        await using (var rows = await connection.BeginRawBinaryCopyAsync($"copy (select {string.Join(", ", columns)} from {name}) to stdout (format binary)", cancellationToken))
        {
            var buffer = new byte[BufferBytes];
            for (int read; (read = await rows.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                sha.AppendData(buffer.AsSpan(0, read));
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }

        await file.FlushAsync(cancellationToken);
        return table with { Bytes = file.Length, Sha256 = Convert.ToHexStringLower(sha.GetHashAndReset()) };
    }

    private static async Task<DateTime?> EdgeAsync(NpgsqlConnection connection, string edge, string chunk, CancellationToken cancellationToken) =>
        await TableCatalog.AskAsync<object>(connection, $"select {edge}(at) from (select {edge}(at) as at from call union all select {edge}(at) from call_overflow union all select {edge}({chunk}) from call_chunk) t", cancellationToken) as DateTime?;
}
