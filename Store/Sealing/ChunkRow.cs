using KubeLens.Store.Database;
using KubeLens.Store.Sealing.Columns;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.Sealing;

/// <summary>A chunk on its way into the table.</summary>
/// <param name="From">The oldest call.</param>
/// <param name="To">The newest call.</param>
/// <param name="Calls">How many.</param>
/// <param name="Dims">Every dictionary entry that a call of it has, of whatever kind: ids are unique over all.</param>
/// <param name="Bloom">See <see cref="ChunkBloom"/>.</param>
/// <param name="Signature">See <see cref="ChunkSignature"/>; null of chunks that were sealed before there were any.</param>
/// <param name="Offsets">Where each column begins in <paramref name="Data"/>, and where the last one ends.</param>
/// <param name="Data">The columns.</param>
internal sealed record ChunkRow(DateTime From, DateTime To, int Calls, int[] Dims, byte[] Bloom, byte[]? Signature, int[] Offsets, byte[] Data)
{
    /// <param name="rows">Oldest first.</param>
    public static ChunkRow Of(IReadOnlyList<Call> rows)
    {
        var data = new MemoryStream();
        var offsets = new int[ChunkColumns.All.Count + 1];
        for (var i = 0; i < ChunkColumns.All.Count; i++)
        {
            data.Write(ChunkColumns.All[i].Encode(rows));
            offsets[i + 1] = (int)data.Length;
        }

        return new ChunkRow(rows[0].At, rows[^1].At, rows.Count, [.. rows.SelectMany(row => row.DimIds).Distinct().Order()], ChunkBloom.Of(rows), ChunkSignature.Of(rows), offsets, data.ToArray());
    }

    public static async Task WriteAsync(NpgsqlConnection connection, long segment, int firstNumber, IEnumerable<ChunkRow> chunks, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy call_chunk (day, seg_id, chunk_no, ts_min, ts_max, calls, version, dims, bloom, signature, offsets, data) from stdin (format binary)", cancellationToken);
        foreach (var chunk in chunks)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(DateOnly.FromDateTime(chunk.To), NpgsqlDbType.Date, cancellationToken);
            await copy.WriteAsync(segment, cancellationToken);
            await copy.WriteAsync(firstNumber++, cancellationToken);
            await copy.WriteAsync(chunk.From, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(chunk.To, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(chunk.Calls, cancellationToken);
            await copy.WriteAsync((short)SealedChunk.Version, cancellationToken);
            await copy.WriteAsync(chunk.Dims, NpgsqlDbType.Array | NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(chunk.Bloom, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(chunk.Signature, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(chunk.Offsets, NpgsqlDbType.Array | NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(chunk.Data, NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
