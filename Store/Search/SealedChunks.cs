using KubeLens.Store.Sealing.Columns;
using Npgsql;

namespace KubeLens.Store.Search;

/// <summary>Reads some columns of sealed chunks, newest chunks first.</summary>
internal static class SealedChunks
{
    /// <summary>Those that are left after a chunk in that order.</summary>
    public static Sql After(Part last) => Sql.Of("(ts_max, seg_id, chunk_no) < (?, ", last.To) + Sql.Of("?, ", last.Segment) + Sql.Of("?)", last.Number);

    /// <param name="connection">In the snapshot of the search.</param>
    /// <param name="where">Which ones.</param>
    /// <param name="columns">By their numbers in <see cref="ChunkColumns"/>.</param>
    /// <param name="most">At once.</param>
    /// <param name="left">How much time there still is: the database ends a statement that takes longer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<List<Part>> ReadAsync(NpgsqlConnection connection, Sql where, int[] columns, int most, TimeSpan left, CancellationToken cancellationToken)
    {
        // A column is cut out where it lies: the database does not compress the data, so it reads no more than that.
        var parts = string.Join(", ", columns.Select(column => FormattableString.Invariant($"substring(data from offsets[{column + 1}] + 1 for offsets[{column + 2}] - offsets[{column + 1}])")));
        await using var batch = Begin(connection, left);
        batch.BatchCommands.Add((new Sql($"select seg_id, chunk_no, day, ts_max, calls, version, {parts} from call_chunk where ", []) + where + Sql.Of(" order by ts_max desc, seg_id desc, chunk_no desc limit ?", most)).ToCommand());
        var chunks = new List<Part>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var bytes = new Dictionary<int, ReadOnlyMemory<byte>>();
            for (var i = 0; i < columns.Length; i++)
            {
                if (!reader.IsDBNull(i + 6))
                {
                    bytes[columns[i]] = reader.GetFieldValue<byte[]>(i + 6);
                }
            }

            SealedChunk.CheckVersion(reader.GetInt16(5));
            chunks.Add(new Part(reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<DateOnly>(2), reader.GetDateTime(3), new SealedChunk(reader.GetInt64(0), reader.GetInt32(4), bytes.GetValueOrDefault)));
        }

        return chunks;
    }

    /// <summary>A batch that begins with the time that its statements may take, each.</summary>
    public static NpgsqlBatch Begin(NpgsqlConnection connection, TimeSpan left) => new(connection)
    {
        BatchCommands = { new NpgsqlBatchCommand(FormattableString.Invariant($"set local statement_timeout = '{Math.Max(1, (long)left.TotalMilliseconds)}ms'")) },
    };

    /// <param name="Segment">Whose chunk.</param>
    /// <param name="Number">Within the segment.</param>
    /// <param name="Day">Of its partition.</param>
    /// <param name="To">When its newest call completed.</param>
    /// <param name="Columns">Those that were asked for.</param>
    internal sealed record Part(long Segment, int Number, DateOnly Day, DateTime To, SealedChunk Columns);
}
