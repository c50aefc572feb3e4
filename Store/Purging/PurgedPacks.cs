using KubeLens.Store.Packing;
using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.Purging;

/// <summary>
/// Empties what no call needs in the packs that purged calls were in: places of theirs, and doubles of sealed or held calls that go with their day
/// otherwise. In the caller's transaction, after the calls are gone.
/// </summary>
internal sealed class PurgedPacks(NpgsqlConnection connection)
{
    private const string Hot = "pack", HotKey = "batch_id", HotSeq = "seq";
    private const string Sealed = "body_pack", SealedKey = "seg_id", SealedSeq = "pack_no";

    /// <summary>The packs of some batches, as they came or held.</summary>
    public async Task EmptyAsync(long[] batches, CancellationToken cancellationToken)
    {
        var needed = new HashSet<(long, DateOnly, short, int)>();
        await using (var command = new NpgsqlCommand("select batch_id, drop_day, pack_seq, pack_ord from call where batch_id = any($1) union all select batch_id, drop_day, pack_seq, pack_ord from call_overflow where batch_id = any($1)", connection) { CommandTimeout = 0, Parameters = { new NpgsqlParameter<long[]> { TypedValue = batches } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                needed.Add((reader.GetInt64(0), reader.GetFieldValue<DateOnly>(1), reader.GetInt16(2), reader.GetInt16(3)));
            }
        }

        await EmptyAsync(Hot, HotKey, HotSeq, batches, _ => true, needed, PackCodec.Quality, cancellationToken);
    }

    /// <param name="segment">Whose packs.</param>
    /// <param name="mayHold">Those in which purged calls may be.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task EmptyAsync(long segment, Func<(DateOnly DropDay, short Seq), bool> mayHold, CancellationToken cancellationToken)
    {
        var needed = new HashSet<(long, DateOnly, short, int)>();
        foreach (var number in await SegmentEdit.ChunksAsync(connection, segment, cancellationToken))
        {
            foreach (var call in await SegmentEdit.ReadAsync(connection, segment, number, cancellationToken))
            {
                needed.Add((segment, call.DropDay, call.PackSeq, call.PackOrd));
            }
        }

        await EmptyAsync(Sealed, SealedKey, SealedSeq, [segment], mayHold, needed, PackCodec.SealedQuality, cancellationToken);
    }

    private async Task EmptyAsync(
        string table, string key, string seq, long[] keys, Func<(DateOnly DropDay, short Seq), bool> mayHold, HashSet<(long, DateOnly, short, int)> needed, int quality, CancellationToken cancellationToken)
    {
        foreach (var (id, day, number) in await ListAsync(table, key, seq, keys, cancellationToken))
        {
            if (!mayHold((day, number)))
            {
                continue;
            }

            var place = $"{table} where {key} = $1 and {seq} = $2 and drop_day = $3";
            NpgsqlParameter[] Key() => [new NpgsqlParameter<long> { TypedValue = id }, new NpgsqlParameter<short> { TypedValue = number }, new NpgsqlParameter<DateOnly> { TypedValue = day }];
            var (rest, emptied) = PackEdit.Keep(await ReadAsync(place, Key(), cancellationToken), ord => needed.Contains((id, day, number, ord)));
            if (emptied > 0)
            {
                await (rest.Length == 0
                    ? ExecuteAsync($"delete from {place}", Key(), cancellationToken)
                    : ExecuteAsync(
                        $"update {table} set data = $4, raw_length = $5, codec = {PackCodec.Brotli} where {key} = $1 and {seq} = $2 and drop_day = $3",
                        [.. Key(), new NpgsqlParameter<byte[]> { TypedValue = PackCodec.Compress(rest, quality) }, new NpgsqlParameter<int> { TypedValue = rest.Length }],
                        cancellationToken));
            }
        }
    }

    private async Task<List<(long Id, DateOnly DropDay, short Seq)>> ListAsync(string table, string key, string seq, long[] keys, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select {key}, drop_day, {seq} from {table} where {key} = any($1) order by 1, 2, 3", connection) { CommandTimeout = 0, Parameters = { new NpgsqlParameter<long[]> { TypedValue = keys } } };
        var packs = new List<(long, DateOnly, short)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            packs.Add((reader.GetInt64(0), reader.GetFieldValue<DateOnly>(1), reader.GetInt16(2)));
        }

        return packs;
    }

    private async Task<byte[]> ReadAsync(string place, NpgsqlParameter[] key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select codec, data, raw_length from {place} for update", connection);
        command.Parameters.AddRange(key);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return PackCodec.Decompress(reader.GetInt16(0), reader.GetFieldValue<byte[]>(1), reader.GetInt32(2));
    }

    private async Task ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
