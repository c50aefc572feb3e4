using System.Buffers;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using KubeLens.Store.Packing;
using KubeLens.Store.Partitions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Sealing;

/// <summary>
/// Writes the chunks and packs of a segment, a portion of its calls at a time, so that memory does not grow with the hour:
/// <code>
/// rows by time → 1 a portion of them → 2 their parts of packs, into a file → 3 sorted by object, packed again
///              → 4 COPY packs → 5 cut by time, columns encoded → 6 COPY chunks
/// </code>
/// </summary>
internal sealed class SegmentWriter(HotPacks hot, PartitionCatalog partitions, CpuPace pace, IOptions<SealingOptions> options, TimeProvider time)
{
    private const int BlockBytes = 4 << 20;

    /// <param name="connection">In a transaction.</param>
    /// <param name="segment">Its number.</param>
    /// <param name="rows">In the order of time.</param>
    /// <returns>How many calls it has.</returns>
    public async Task<long> WriteAsync(NpgsqlConnection connection, long segment, IAsyncEnumerable<Call> rows, CancellationToken cancellationToken)
    {
        var writer = new PackWriter(segment, 0, BlockBytes, PackCodec.SealedQuality);
        var (calls, chunks) = (0L, 0);
        var portion = new List<Call>();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            // 1
            portion.Add(row);
            if (portion.Count >= options.Value.MaxCalls)
            {
                await WritePortionAsync();
            }
        }

        if (portion.Count > 0)
        {
            await WritePortionAsync();
        }

        await WriteAsync(connection, writer.Finish(), cancellationToken);
        return calls;

        async Task WritePortionAsync()
        {
            await RepackAsync(connection, writer, portion, cancellationToken);
            chunks += await WriteChunksAsync(connection, segment, chunks, portion, cancellationToken);
            calls += portion.Count;
            portion = [];
        }
    }

    private async Task RepackAsync(NpgsqlConnection connection, PackWriter writer, List<Call> rows, CancellationToken cancellationToken)
    {
        // 2
        using var file = new BlobFile();
        var since = time.GetTimestamp();
        var places = await hot.UnpackAsync(rows, file, RestAsync, cancellationToken);

        // 3
        foreach (var row in rows.OrderBy(row => row.DropDay).ThenBy(row => row.ResourceId).ThenBy(row => row.ClusterId).ThenBy(row => row.NamespaceId).ThenBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.At))
        {
            if (!places.TryGetValue(row, out var place))
            {
                row.PackSeq = SealedPackReader.NoPack;
                continue;
            }

            var blob = ArrayPool<byte>.Shared.Rent(place.Length);
            file.Read(place.At, blob.AsSpan(0, place.Length));
            (row.PackSeq, row.PackOrd) = writer.Add(blob.AsSpan(0, place.Length), row.DropDay);
            ArrayPool<byte>.Shared.Return(blob);

            // 4
            if (writer.TakeFull() is { Count: > 0 } full)
            {
                await WriteAsync(connection, full, cancellationToken);
                await RestAsync();
            }
        }

        async Task RestAsync()
        {
            await pace.RestAsync(since, cancellationToken);
            since = time.GetTimestamp();
        }
    }

    private async Task<int> WriteChunksAsync(NpgsqlConnection connection, long segment, int firstNumber, List<Call> rows, CancellationToken cancellationToken)
    {
        await partitions.EnsureAsync(PartitionTable.Chunk, rows.Select(row => row.At.Date).Distinct(), cancellationToken);
        var number = firstNumber;
        foreach (var some in rows.Chunk(options.Value.ChunkCalls))
        {
            // 5, 6
            var since = time.GetTimestamp();
            await ChunkRow.WriteAsync(connection, segment, number++, [ChunkRow.Of(some)], cancellationToken);
            await pace.RestAsync(since, cancellationToken);
        }

        return number - firstNumber;
    }

    private async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<Pack> packs, CancellationToken cancellationToken)
    {
        await partitions.EnsureAsync(PartitionTable.BodyPack, packs.Select(pack => pack.DropDay.ToDateTime(default, DateTimeKind.Utc)), cancellationToken);
        await CallCopy.WriteSealedAsync(connection, packs, cancellationToken);
    }
}
