using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using KubeLens.Store.Partitions;
using KubeLens.Store.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.Audit;

/// <summary>Joins events with calls that are stored already, by an update of the row where it lies. What comes when that is sealed is counted, and not in it.</summary>
internal sealed class AuditJoiner(NpgsqlDataSource database, AuditedCalls calls, AuditMatch match, DimResolver dims, StoreMetrics metrics, ILogger<AuditJoiner> logger)
{
    private static readonly string[] Tables = ["call", "call_overflow"];

    /// <returns>What is left: events without a call that agrees.</returns>
    public async Task<AuditJoining> JoinAsync(IReadOnlyList<WaitingEvent> events, bool unfinished, CancellationToken cancellationToken)
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
            else if ((row.Event.IsFinal || unfinished)
                && same.FirstOrDefault(call => call.Row.AuditedAt is null && !joins.ContainsKey(call.Row) && match.Agrees(row.Event, call.Call)) is { Row: { } found } agreeing)
            {
                joins[found] = (row, agreeing.Call);
            }
            else
            {
                left.Add(row);
            }
        }

        if (joins.Count + repeated.Count > 0)
        {
            await WriteAsync(joins, repeated, cancellationToken);
        }

        metrics.AuditRepeated(repeated.Count);
        return new AuditJoining(joins.Count, repeated.Count, left, known);
    }

    private async Task WriteAsync(Dictionary<Call, (WaitingEvent Row, AuditedCall Call)> joins, List<Guid> repeated, CancellationToken cancellationToken)
    {
        var written = joins.Select(join => (Call: join.Key, join.Value.Row, Note: AuditNote.Of(join.Value.Row.Event), Users: UserKeys(join.Value.Row.Event, join.Value.Call))).ToList();
        var ids = await dims.ResolveAsync(written.SelectMany(w => (DimKey[])[w.Note.Decision, w.Users.User, w.Users.Impersonated]).ToHashSet(), cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var closed = await ClosedHours.ReadAsync(connection, written.Select(w => PartitionTable.Call.StartOf(w.Call.At)), cancellationToken);
        var open = written.Where(w => !IsLate(w.Call)).ToList();
        var done = new HashSet<(DateTime, long, short)>();
        foreach (var table in Tables)
        {
            if (open.Count == 0)
            {
                break;
            }

            await using var update = CallAddresses.Command(
                connection,
                $"""
                update {table} c set user_id = k.user_id, impersonated_user_id = k.impersonated_user_id, decision_id = k.decision_id, audited_at = k.audited_at, flags = c.flags | k.flags
                from unnest($1, $2, $3, $6, $7, $8, $9, $10) as k (at, batch_id, ord, user_id, impersonated_user_id, decision_id, audited_at, flags)
                where {CallAddresses.Same} and c.audited_at is null
                returning c.at, c.batch_id, c.ord
                """,
                [.. open.Select(w => (w.Call.At, w.Call.BatchId, w.Call.Ord))],
                new NpgsqlParameter<int[]> { TypedValue = [.. open.Select(w => ids[w.Users.User])] },
                new NpgsqlParameter<int[]> { TypedValue = [.. open.Select(w => ids[w.Users.Impersonated])] },
                new NpgsqlParameter<int[]> { TypedValue = [.. open.Select(w => ids[w.Note.Decision])] },
                AuditTable.Times(open.Select(w => w.Note.ReceivedAt)),
                new NpgsqlParameter { Value = open.Select(w => (int)w.Note.Flags).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
            await using var reader = await update.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                done.Add((reader.GetDateTime(0), reader.GetInt64(1), reader.GetInt16(2)));
            }
        }

        // What is sealed, or about to be, is not changed any more; where somebody else was first, the event waits on.
        var late = written.Where(w => IsLate(w.Call)).Select(w => w.Row.Key).ToList();
        var joined = written.Where(w => done.Contains((w.Call.At, w.Call.BatchId, w.Call.Ord))).Select(w => w.Row.Key).ToList();
        await AuditTable.TakeAsync(connection, [.. joined, .. repeated, .. late], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        metrics.AuditJoined(joined.Count);
        metrics.AuditLate(late.Count);
        if (late.Count > 0)
        {
            logger.AuditLate(late.Count);
        }

        bool IsLate(Call call) => call.Segment != 0 || closed.Contains(PartitionTable.Call.StartOf(call.At));
    }

    private static (DimKey User, DimKey Impersonated) UserKeys(AuditEvent told, AuditedCall call)
    {
        var (user, groups, impersonated) = AuditUsers.Of(told, call);
        return (new DimKey(DimKind.User, user, groups), new DimKey(DimKind.ImpersonatedUser, impersonated));
    }
}
