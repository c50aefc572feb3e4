using KubeLens.Bench.Storage;
using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KubeLens.Bench.Ingest;

/// <summary>
/// The least that storing can cost: one connection copies rows and packs, as bytes that are ready, into the same tables with the same
/// indexes of a database of its own.
/// </summary>
internal sealed class CopyPeer(NpgsqlDataSource from, BenchStore to)
{
    private const string PackColumns = "drop_day, batch_id, seq, codec, calls, raw_length, data";

    private byte[] _calls = [];
    private byte[] _packs = [];

    /// <summary>Takes what a Store has stored of some batches, and makes the partitions for it.</summary>
    public async Task PrepareAsync(long firstBatch, long lastBatch, CancellationToken cancellationToken)
    {
        await using var connection = await from.OpenConnectionAsync(cancellationToken);
        var batches = FormattableString.Invariant($"batch_id between {firstBatch} and {lastBatch}");
        _calls = await ReadAsync(connection, $"copy (select {CallColumns.All} from call where {batches} order by batch_id, ord) to stdout (format binary)", cancellationToken);
        _packs = await ReadAsync(connection, $"copy (select {PackColumns} from pack where {batches} order by batch_id, seq) to stdout (format binary)", cancellationToken);
        var partitions = to.Services.GetRequiredService<PartitionCatalog>();
        await partitions.EnsureAsync(PartitionTable.Call, await TimesAsync(connection, $"select distinct date_trunc('hour', at) from call where {batches}", cancellationToken), cancellationToken);
        await partitions.EnsureAsync(PartitionTable.Pack, await TimesAsync(connection, $"select distinct drop_day::timestamp at time zone 'UTC' from pack where {batches}", cancellationToken), cancellationToken);
    }

    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await to.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await WriteAsync(connection, $"copy pack ({PackColumns}) from stdin (format binary)", _packs, cancellationToken);
        await WriteAsync(connection, $"copy call ({CallColumns.All}) from stdin (format binary)", _calls, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await using var copy = await connection.BeginRawBinaryCopyAsync(sql, cancellationToken);
        await copy.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private static async Task WriteAsync(NpgsqlConnection connection, string sql, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync(sql, cancellationToken);
        await copy.WriteAsync(bytes, cancellationToken);
    }

    private static async Task<List<DateTime>> TimesAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var times = new List<DateTime>();
        while (await reader.ReadAsync(cancellationToken))
        {
            times.Add(reader.GetDateTime(0));
        }

        return times;
    }
}
