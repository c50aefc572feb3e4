using KubeLens.Store.AccessReview;
using KubeLens.Store.Audit;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using KubeLens.Store.Packing;
using KubeLens.Store.Search;
using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.Holds;

/// <summary>
/// Moves calls of one hour, from wherever they lie to where retention does not come: rows to the overflow table, headers and bodies to packs of their
/// own (see <see cref="HeldDays"/>). In one transaction, so that every search finds them once, and none of them twice.
/// </summary>
internal sealed class HeldCalls(NpgsqlDataSource database, PackReader packs)
{
    private const int AtOnce = 200;
    private const long PackBytes = 32 << 20;

    /// <param name="find">The calls of the hour; asked once nobody seals it.</param>
    /// <param name="cancellationToken">Ends it, and nothing has happened.</param>
    /// <returns>How many were moved.</returns>
    public async Task<int> KeepAsync(Func<IAsyncEnumerable<Call>> find, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SealingRun.TakeTurnAsync(connection, cancellationToken);
        var calls = await find().Where(call => !HeldDays.IsHeld(call.DropDay)).ToListAsync(cancellationToken);
        var window = new PackWindow(packs, PackBytes);
        foreach (var some in calls.Chunk(AtOnce))
        {
            await KeepAsync(connection, some, window, cancellationToken);
        }

        foreach (var segment in calls.Where(call => call.Segment != 0).GroupBy(call => call.Segment))
        {
            await SegmentEdit.RemoveAsync(connection, segment.Key, segment.Select(RowPosition.Of).ToHashSet(), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return calls.Count;
    }

    private static async Task KeepAsync(NpgsqlConnection connection, Call[] calls, PackWindow window, CancellationToken cancellationToken)
    {
        var stored = new Dictionary<RowPosition, StoredCall>();
        foreach (var call in calls)
        {
            if (await window.ReadAsync(call, cancellationToken) is { } known)
            {
                stored[RowPosition.Of(call)] = known;
            }
        }

        // What an audit event has added since to a row must not be lost; what has been replaced since is not there any more.
        var kept = calls.Where(call => call.Segment != 0).ToList();
        var rows = await TakeRowsAsync(connection, [.. calls.Where(call => call.Segment == 0)], cancellationToken);
        kept.AddRange(rows);

        // Of whatever is held it is known who used what, as it is of sealed calls.
        var access = new AccessTally();
        rows.ForEach(access.Add);
        await access.WriteAsync(connection, cancellationToken);
        var written = new List<Pack>();
        foreach (var call in kept)
        {
            call.DropDay = HeldDays.Of(call.DropDay);
            call.PackSeq = SealedPackReader.NoPack;
            if (stored.TryGetValue(RowPosition.Of(call), out var known))
            {
                // Each alone, so that each can go alone; its ordinal is a number that no other call of its batch has.
                var writer = new PackWriter(call.BatchId, call.Ord, quality: PackCodec.SealedQuality);
                (call.PackSeq, call.PackOrd) = writer.Add(known, call.DropDay);
                written.AddRange(writer.Finish());
            }
        }

        await CallCopy.WriteAsync(connection, written, cancellationToken);
        await CallCopy.WriteAsync(connection, CallTables.Overflow, kept, cancellationToken);
    }

    private static async Task<List<Call>> TakeRowsAsync(NpgsqlConnection connection, IReadOnlyList<Call> calls, CancellationToken cancellationToken)
    {
        var rows = new List<Call>();
        foreach (var table in calls.Count > 0 ? CallTables.All : [])
        {
            await using var delete = CallAddresses.Command(connection, $"delete from {table} c using {CallAddresses.Table} where {CallAddresses.Same} returning {CallColumns.Of("c")}", [.. calls.Select(call => (call.At, call.BatchId, call.Ord))]);
            await using var reader = await delete.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(CallColumns.Read(reader));
            }
        }

        return rows;
    }
}
