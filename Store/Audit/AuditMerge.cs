using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using KubeLens.Store.Notes;
using KubeLens.Store.Rollups;
using Npgsql;

namespace KubeLens.Store.Audit;

/// <summary>Events that came before their call go into its row as it is written; in the ingester's transaction.</summary>
internal sealed class AuditMerge(AuditTable table, AuditMatch match, StoreMetrics metrics)
{
    /// <summary>The event of each call that has one, before the transaction begins: its texts need ids.</summary>
    public async Task<IReadOnlyDictionary<CallRecord, WaitingEvent>> FindAsync(IReadOnlyCollection<CallRecord> calls, CancellationToken cancellationToken)
    {
        var waiting = (await table.FindAsync(calls, cancellationToken)).ToLookup(row => row.Event.Id);
        var found = new Dictionary<CallRecord, WaitingEvent>(ReferenceEqualityComparer.Instance);
        if (waiting.Count > 0)
        {
            foreach (var call in calls)
            {
                if (waiting[call.AuditId].Where(row => match.Agrees(row.Event, AuditedCall.Of(call))).OrderBy(row => row.Event.ReceivedAt).FirstOrDefault() is { } row)
                {
                    found[call] = row;
                }
            }
        }

        return found;
    }

    public static CallMapper Map(CallRecord call, WaitingEvent row) => new(AuditNote.Apply(row.Event, call), AuditNote.Of(row.Event));

    /// <summary>
    /// Takes the events of those calls that are stored now. One that had been given up, because its call came this late, had become a call of its own: that goes.
    /// </summary>
    /// <param name="connection">In the ingester's transaction.</param>
    /// <param name="found">What <see cref="FindAsync"/> found.</param>
    /// <param name="gone">The calls that go are added to it.</param>
    /// <param name="fresh">Those that are stored now, and where.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>The calls whose event is in hand.</returns>
    public async Task<IReadOnlyList<CallRecord>> TakeAsync(NpgsqlConnection connection, IReadOnlyDictionary<CallRecord, WaitingEvent> found, List<RollupChange> gone, IEnumerable<(CallRecord Call, (DateTime At, long BatchId, short Ord) Place)> fresh, CancellationToken cancellationToken)
    {
        var wanted = fresh.Where(stored => found.ContainsKey(stored.Call)).GroupBy(stored => found[stored.Call].Key).ToDictionary(same => same.Key, same => same.First());
        if (wanted.Count == 0)
        {
            return [];
        }

        var taken = await AuditTable.TakeAsync(connection, wanted.Keys, cancellationToken);
        foreach (var table in CallTables.All)
        {
            var placed = taken.Where(row => row.Placed is not null).Select(row => row.Placed!.Value).ToList();
            if (placed.Count > 0)
            {
                await using var delete = CallAddresses.Command(connection, $"delete from {table} c using {CallAddresses.Table} where {CallAddresses.Same} returning {RollupChange.Columns}", placed);
                await using var reader = await delete.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    gone.Add(RollupChange.Gone(reader));
                }
            }
        }

        List<((DateTime, long, short), (DateTime, long, short))> replaced = [.. taken.Where(row => row.Placed is not null).Select(row => (row.Placed!.Value, wanted[row.Key].Place))];
        if (replaced.Count > 0)
        {
            await NoteTable.MoveAsync(connection, replaced, cancellationToken);
        }

        metrics.AuditJoined(taken.Count);
        return [.. taken.Select(row => wanted[row.Key].Call)];
    }
}
