using KubeLens.Store.AccessReview;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using KubeLens.Store.Rollups;
using KubeLens.Store.Search;
using KubeLens.Store.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.Audit;

/// <summary>Joins events with calls that are stored already: by an update of the row where it lies, or by writing the chunk again that has it sealed.</summary>
internal sealed class AuditJoiner(NpgsqlDataSource database, AuditedCalls calls, AuditMatch match, DimResolver dims, RollupWriter rollups, StoreMetrics metrics)
{
    /// <param name="events">Waiting ones.</param>
    /// <param name="due">Whether nothing more is waited for: the unfinished are joined as well, and those whose call is sealed, which may have to wait for whoever seals.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<AuditJoining> JoinAsync(IReadOnlyList<WaitingEvent> events, bool due, CancellationToken cancellationToken)
    {
        var known = await calls.FindAsync([.. events.Select(row => row.Event)], cancellationToken);
        var (joins, repeated, left) = (new Dictionary<Call, (WaitingEvent Row, AuditedCall Call)>(ReferenceEqualityComparer.Instance), new List<Guid>(), new List<WaitingEvent>());
        foreach (var row in events.OrderBy(row => row.Event.ReceivedAt).ThenBy(row => row.Key))
        {
            var same = row.Event.Id is { } id ? known[id].Where(call => call.Call.Cluster == row.Event.Cluster) : [];
            if (same.Any(call => call.Row.AuditedAt == row.Event.ReceivedAt))
            {
                repeated.Add(row.Key);
            }
            else if ((row.Event.IsFinal || due)
                && same.FirstOrDefault(call => call.Row.AuditedAt is null && (due || call.Row.Segment == 0) && !joins.ContainsKey(call.Row) && match.Agrees(row.Event, call.Call)) is { Row: { } found } agreeing)
            {
                joins[found] = (row, agreeing.Call);
            }
            else
            {
                left.Add(row);
            }
        }

        var joined = joins.Count + repeated.Count > 0 ? await WriteAsync(joins, repeated, cancellationToken) : 0;
        metrics.AuditRepeated(repeated.Count);
        return new AuditJoining(joined, repeated.Count, left, known);
    }

    /// <returns>How many were joined. Where a call may not be changed now, or somebody else was first, the event waits on.</returns>
    private async Task<int> WriteAsync(Dictionary<Call, (WaitingEvent Row, AuditedCall Call)> joins, List<Guid> repeated, CancellationToken cancellationToken)
    {
        var told = joins.Select(join => (Call: join.Key, join.Value.Row, Note: AuditNote.Of(join.Value.Row.Event), Users: UserKeys(join.Value.Row.Event, join.Value.Call))).ToList();
        var ids = await dims.ResolveAsync(told.SelectMany(t => (DimKey[])[t.Note.Decision, t.Users.User, t.Users.Impersonated]).ToHashSet(), cancellationToken);
        var changes = told.ConvertAll(t => new AuditChange(t.Call, t.Row.Key, ids[t.Users.User], ids[t.Users.Impersonated], ids[t.Note.Decision], t.Note));
        await rollups.EnsureAsync(changes.Select(change => change.Call.At), cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var alterable = await AlterableCalls.ReadAsync(connection, joins.Keys, cancellationToken);
        var done = await ChangeAsync(connection, changes.FindAll(change => alterable.Has(change.Call)), cancellationToken);
        var joined = changes.FindAll(change => done.Contains(RowPosition.Of(change.Call)));
        await AuditTable.TakeAsync(connection, [.. joined.Select(change => change.Event), .. repeated], cancellationToken);

        await AccessAsync(connection, joined.FindAll(change => change.ChangesAccess), cancellationToken);

        // The user is what changes of what is counted; nothing but a join changes it, and there is one.
        await rollups.WriteAsync(connection, [.. joined.SelectMany(change => change.Counts)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        metrics.AuditJoined(joined.Count);
        return joined.Count;
    }

    // Of sealed calls it is known by now who used what. What was said of somebody else goes; who it was after all gets it.
    private static async Task AccessAsync(NpgsqlConnection connection, List<AuditChange> changes, CancellationToken cancellationToken)
    {
        var access = new AccessTally();
        foreach (var change in changes)
        {
            access.Add(change.Call, AccessKey.Of(change.Call) with { UserId = change.UserId, AsId = change.ImpersonatedUserId });
        }

        await access.WriteAsync(connection, cancellationToken);
        await AccessGaps.MarkAsync(connection, changes.Select(change => change.Call), cancellationToken);
    }

    private static async Task<HashSet<RowPosition>> ChangeAsync(NpgsqlConnection connection, List<AuditChange> changes, CancellationToken cancellationToken)
    {
        var done = new HashSet<RowPosition>();
        foreach (var segment in changes.Where(change => change.Call.Segment != 0).GroupBy(change => change.Call.Segment))
        {
            done.UnionWith(await SegmentEdit.ChangeAsync(connection, segment.Key, segment.ToDictionary(change => RowPosition.Of(change.Call), change => (Func<Call, bool>)change.Apply), cancellationToken));
        }

        if (changes.FindAll(change => change.Call.Segment == 0) is { Count: > 0 } rows)
        {
            foreach (var table in CallTables.All)
            {
                await UpdateAsync(connection, table, rows, done, cancellationToken);
            }
        }

        return done;
    }

    private static async Task UpdateAsync(NpgsqlConnection connection, string table, List<AuditChange> changes, HashSet<RowPosition> done, CancellationToken cancellationToken)
    {
        await using var update = CallAddresses.Command(
            connection,
            $"""
            update {table} c set user_id = k.user_id, impersonated_user_id = k.impersonated_user_id, decision_id = k.decision_id, audited_at = k.audited_at, flags = c.flags | k.flags
            from unnest($1, $2, $3, $6, $7, $8, $9, $10) as k (at, batch_id, ord, user_id, impersonated_user_id, decision_id, audited_at, flags)
            where {CallAddresses.Same} and c.audited_at is null
            returning c.at, c.batch_id, c.ord
            """,
            [.. changes.Select(change => (change.Call.At, change.Call.BatchId, change.Call.Ord))],
            new NpgsqlParameter<int[]> { TypedValue = [.. changes.Select(change => change.UserId)] },
            new NpgsqlParameter<int[]> { TypedValue = [.. changes.Select(change => change.ImpersonatedUserId)] },
            new NpgsqlParameter<int[]> { TypedValue = [.. changes.Select(change => change.DecisionId)] },
            AuditTable.Times(changes.Select(change => change.Note.ReceivedAt)),
            new NpgsqlParameter { Value = changes.Select(change => (int)change.Note.Flags).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        await using var reader = await update.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            done.Add(new RowPosition(reader.GetDateTime(0), reader.GetInt64(1), reader.GetInt16(2)));
        }
    }

    private static (DimKey User, DimKey Impersonated) UserKeys(AuditEvent told, AuditedCall call)
    {
        var (user, groups, impersonated) = AuditUsers.Of(told, call);
        return (new DimKey(DimKind.User, user, groups), new DimKey(DimKind.ImpersonatedUser, impersonated));
    }
}
