using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Sealing.Columns;
using Npgsql;

namespace KubeLens.Store.Sealing;

/// <summary>
/// Takes calls out of a segment, or changes them, in the caller's transaction, which has its turn (<see cref="SealingRun.TakeTurnAsync"/>). The chunks that
/// have them are written again; the packs, and the places of calls in them, stay.
/// </summary>
internal static class SegmentEdit
{
    public static async Task RemoveAsync(NpgsqlConnection connection, long segment, IReadOnlySet<RowPosition> calls, CancellationToken cancellationToken)
    {
        var removed = 0L;
        await RewriteAsync(connection, segment, calls, Remove, cancellationToken);
        await using var count = new NpgsqlCommand("update segment set calls = calls - $2 where seg_id = $1", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = segment }, new NpgsqlParameter<long> { TypedValue = removed } } };
        await count.ExecuteNonQueryAsync(cancellationToken);

        long Remove(List<Call> rows)
        {
            var some = rows.RemoveAll(row => calls.Contains(RowPosition.Of(row)));
            removed += some;
            return some;
        }
    }

    /// <param name="connection">The caller's, in its transaction.</param>
    /// <param name="segment">Its number.</param>
    /// <param name="changes">Changes a call, though nothing of when and where it is, or leaves it as it is and says so with false.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>The calls that are there and were changed.</returns>
    public static async Task<IReadOnlySet<RowPosition>> ChangeAsync(NpgsqlConnection connection, long segment, IReadOnlyDictionary<RowPosition, Func<Call, bool>> changes, CancellationToken cancellationToken)
    {
        var changed = new HashSet<RowPosition>();
        await RewriteAsync(connection, segment, changes.Keys, Change, cancellationToken);
        return changed;

        long Change(List<Call> rows)
        {
            var before = changed.Count;
            foreach (var row in rows)
            {
                if (changes.TryGetValue(RowPosition.Of(row), out var change) && change(row))
                {
                    changed.Add(RowPosition.Of(row));
                }
            }

            return changed.Count - before;
        }
    }

    private static async Task RewriteAsync(NpgsqlConnection connection, long segment, IEnumerable<RowPosition> calls, Func<List<Call>, long> edit, CancellationToken cancellationToken)
    {
        foreach (var number in await ChunksAsync(connection, segment, calls.Min(call => call.At), calls.Max(call => call.At), cancellationToken))
        {
            var rows = await ReadAsync(connection, segment, number, cancellationToken);
            if (edit(rows) > 0)
            {
                await DeleteAsync(connection, segment, number, cancellationToken);
                await ChunkRow.WriteAsync(connection, segment, number, rows.Count > 0 ? [ChunkRow.Of(rows)] : [], cancellationToken);
            }
        }
    }

    /// <summary>The numbers of its chunks.</summary>
    public static Task<List<int>> ChunksAsync(NpgsqlConnection connection, long segment, CancellationToken cancellationToken) => ChunksAsync(connection, segment, DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), cancellationToken);

    private static async Task<List<int>> ChunksAsync(NpgsqlConnection connection, long segment, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select chunk_no from call_chunk where seg_id = $1 and ts_max >= $2 and ts_min <= $3 order by chunk_no", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = segment }, new NpgsqlParameter<DateTime> { TypedValue = from }, new NpgsqlParameter<DateTime> { TypedValue = to } },
        };
        var numbers = new List<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            numbers.Add(reader.GetInt32(0));
        }

        return numbers;
    }

    /// <summary>All calls of a chunk.</summary>
    public static async Task<List<Call>> ReadAsync(NpgsqlConnection connection, long segment, int number, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, "select calls, offsets, data, version from call_chunk where seg_id = $1 and chunk_no = $2", segment, number);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        SealedChunk.CheckVersion(reader.GetInt16(3));
        var chunk = SealedChunk.Of(segment, reader.GetInt32(0), reader.GetFieldValue<int[]>(1), reader.GetFieldValue<byte[]>(2));
        return [.. Enumerable.Range(0, chunk.Calls).Select(chunk.Row)];
    }

    private static async Task DeleteAsync(NpgsqlConnection connection, long segment, int number, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, "delete from call_chunk where seg_id = $1 and chunk_no = $2", segment, number);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, long segment, int number) =>
        new(sql, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = segment }, new NpgsqlParameter<int> { TypedValue = number } } };
}
