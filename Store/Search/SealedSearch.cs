using System.Collections.Concurrent;
using KubeLens.Store.Database;
using KubeLens.Store.Search.Conditions;
using KubeLens.Store.Sealing.Columns;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.Search;

/// <summary>
/// Searches sealed calls in the order of the search:
/// <code>
/// 1 chunks whose times, dictionary ids, bloom and signature allow a match, newest first, some at a time, with the columns that the query asks for
/// 2 the condition over those columns → 3 enough found, newer than any chunk that is left? → 4 the whole rows of what is on the page
/// </code>
/// </summary>
internal static class SealedSearch
{
    private const int FirstSlice = 4;
    private const int LargestSlice = 64;

    private static readonly string[] Position = ["at", "batch_id", "ord"];

    /// <param name="connection">In the snapshot of the search.</param>
    /// <param name="request">Its range, its position and its limit.</param>
    /// <param name="condition">Its lookups have their answers.</param>
    /// <param name="others">Rows that were found elsewhere: older calls than they leave room for are not looked for.</param>
    /// <param name="limit">Most rows of both.</param>
    /// <param name="left">How much time there still is: the database ends a statement that takes longer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<List<Call>> FindAsync(NpgsqlConnection connection, SearchRequest request, RowCondition condition, IReadOnlyList<Call> others, int limit, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        if (request.IsFresh)
        {
            return [];
        }

        var to = request.After is { } after && after.At < request.Range.To.UtcDateTime ? after.At : request.Range.To.UtcDateTime;
        var columns = condition.Columns.Concat(Position).Distinct().Select(ChunkColumns.NumberOf).ToArray();
        var hits = others.Select(row => new Hit(RowPosition.Of(row), null, 0)).ToList();
        var last = default(SealedChunks.Part);
        for (var slice = FirstSlice; ; slice = Math.Min(slice * 2, LargestSlice))
        {
            hits = Newest(hits, limit);
            var floor = hits.Count == limit ? hits[^1].At.At : request.Range.From.UtcDateTime;
            var chunks = await SealedChunks.ReadAsync(connection, Where(request.Range.From.UtcDateTime, floor, to, condition, last), columns, slice, left(), cancellationToken);
            foreach (var chunk in chunks.TakeWhile(chunk => hits.Count < limit || chunk.To >= hits[limit - 1].At.At))
            {
                hits = Newest([.. hits, .. Match(chunk, request, condition)], limit);
            }

            if (chunks.Count < slice)
            {
                return await ReadRowsAsync(connection, hits, left(), cancellationToken);
            }

            last = chunks[^1];
        }
    }

    private static Sql Where(DateTime from, DateTime floor, DateTime to, RowCondition condition, SealedChunks.Part? last)
    {
        var where = new List<Sql>
        {
            Sql.Of("day >= ? and day <= ?", DateOnly.FromDateTime(from), DateOnly.FromDateTime(to)),
            Sql.Of("ts_max >= ? and ts_min <= ?", floor > from ? floor : from, to),
        };
        if (last is not null)
        {
            where.Add(SealedChunks.After(last));
        }

        if (condition.Chunks() is { } chunks)
        {
            where.Add(chunks);
        }

        return Sql.Join("and", where);
    }

    // 2
    private static IEnumerable<Hit> Match(SealedChunks.Part chunk, SearchRequest request, RowCondition condition)
    {
        var (from, to) = (request.Range.From.UtcDateTime, request.Range.To.UtcDateTime);
        var met = condition.Over(chunk.Columns);
        for (var row = 0; row < met.Length; row++)
        {
            if (met[row] && request.Batches?.Contains(chunk.Columns.Numbers("batch_id")[row]) != false && new RowPosition(chunk.Columns.At(row), chunk.Columns.Numbers("batch_id")[row], (short)chunk.Columns.Numbers("ord")[row]) is var at && at.At >= from && at.At <= to && (request.After is not { } after || at.CompareTo(after) < 0))
            {
                yield return new Hit(at, chunk, row);
            }
        }
    }

    private static List<Hit> Newest(List<Hit> hits, int limit) => [.. hits.OrderByDescending(hit => hit.At).Take(limit)];

    // 4
    private static async Task<List<Call>> ReadRowsAsync(NpgsqlConnection connection, List<Hit> hits, TimeSpan left, CancellationToken cancellationToken)
    {
        var byChunk = hits.Where(hit => hit.Chunk is not null).GroupBy(hit => hit.Chunk!).ToDictionary(g => (g.Key.Segment, g.Key.Number), g => g.ToList());
        if (byChunk.Count == 0)
        {
            return [];
        }

        var rows = new ConcurrentBag<Call>();
        await using var batch = SealedChunks.Begin(connection, left);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select seg_id, chunk_no, calls, offsets, data from call_chunk where (seg_id, chunk_no, day) in (select * from unnest($1, $2, $3))")
        {
            Parameters =
            {
                new NpgsqlParameter<long[]> { TypedValue = [.. byChunk.Keys.Select(key => key.Segment)] },
                new NpgsqlParameter<int[]> { TypedValue = [.. byChunk.Keys.Select(key => key.Number)] },
                new() { Value = byChunk.Values.Select(found => found[0].Chunk!.Day).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await Parallel.ForEachAsync(ReadAsync(), cancellationToken, (chunk, _) =>
        {
            for (var row = 0; row < chunk.Calls; row++)
            {
                rows.Add(chunk.Row(row));
            }

            return ValueTask.CompletedTask;
        });
        return [.. rows];

        async IAsyncEnumerable<SealedChunk> ReadAsync()
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                int[] places = [.. byChunk[(reader.GetInt64(0), reader.GetInt32(1))].Select(hit => hit.Row)];
                yield return SealedChunk.Of(reader.GetInt64(0), reader.GetInt32(2), reader.GetFieldValue<int[]>(3), reader.GetFieldValue<byte[]>(4), places);
            }
        }
    }

    /// <param name="At">Where it stands.</param>
    /// <param name="Chunk">Null where it was found elsewhere.</param>
    /// <param name="Row">In the chunk.</param>
    private readonly record struct Hit(RowPosition At, SealedChunks.Part? Chunk, int Row);
}
