using KubeLens.Contracts.Calls;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.Audit;

/// <summary>The table <c>audit_pending</c>: events that wait for their call, and for a day those that nobody came for.</summary>
internal sealed class AuditTable(NpgsqlDataSource database, TimeProvider time)
{
    private volatile bool _mayHold;

    /// <summary>False until an event was seen: whoever has no audit events pays nothing for them.</summary>
    public bool MayHold => _mayHold;

    /// <summary>Folds the events of a request into one, whatever their order. Returns when that is committed.</summary>
    /// <returns>Those that are new, or came further, as they are now.</returns>
    public async Task<IReadOnlyList<WaitingEvent>> AddAsync(IEnumerable<AuditEvent> events, CancellationToken cancellationToken)
    {
        // In one order everywhere, so that two posts cannot wait for each other.
        var rows = events.GroupBy(told => told.Key()).Select(same => new WaitingEvent(same.Key, same.MaxBy(told => told.Stage)!, null)).OrderBy(row => row.Key).ToList();
        if (rows.Count == 0)
        {
            return [];
        }

        _mayHold = true;
        var now = time.GetUtcNow().UtcDateTime;
        await using var command = database.CreateCommand("""
            insert into audit_pending as p (key, audit_id, stage, received_at, stage_at, seen_at, record)
            select key, audit_id, stage, received_at, least(stage_at, $7), $7, record from unnest($1, $2, $3, $4, $5, $6) as k (key, audit_id, stage, received_at, stage_at, record)
            on conflict (key) do update set stage = excluded.stage, stage_at = excluded.stage_at, seen_at = excluded.seen_at, record = excluded.record
            where p.stage < excluded.stage and p.placed_at is null
            returning key
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(row => row.Key)] });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Event.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. rows.Select(row => (short)row.Event.Stage)] });
        command.Parameters.Add(Times(rows.Select(row => row.Event.ReceivedAt)));
        command.Parameters.Add(Times(rows.Select(row => row.Event.StageAt)));
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. rows.Select(row => row.Record())] });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now });
        var added = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            added.Add(reader.GetGuid(0));
        }

        return [.. rows.Where(row => added.Contains(row.Key))];
    }

    /// <summary>Of the ended requests that calls may be, as they are known now.</summary>
    public async Task<IReadOnlyList<WaitingEvent>> FindAsync(IEnumerable<CallRecord> calls, CancellationToken cancellationToken)
    {
        var ids = calls.Select(call => call.AuditId).Where(id => id != Guid.Empty).ToArray();
        if (!_mayHold || ids.Length == 0)
        {
            return [];
        }

        await using var command = database.CreateCommand($"select {WaitingEvent.Columns} from audit_pending where audit_id = any($1) and stage >= {(short)AuditStage.ResponseComplete}");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Ended requests whose event came within a span of time and has found no call yet.</summary>
    public Task<IReadOnlyList<WaitingEvent>> RecentAsync(DateTime from, DateTime to, int limit, CancellationToken cancellationToken) =>
        WaitingAsync($"stage >= {(short)AuditStage.ResponseComplete} and seen_at > $1 and seen_at <= $2 order by seen_at", from, to, limit, cancellationToken);

    /// <summary>Those that have waited long enough.</summary>
    /// <param name="endedBefore">When the request has ended.</param>
    /// <param name="unfinishedBefore">When the last that is known of one happened whose end was not told.</param>
    public Task<IReadOnlyList<WaitingEvent>> DueAsync(DateTime endedBefore, DateTime unfinishedBefore, int limit, CancellationToken cancellationToken) =>
        WaitingAsync($"(stage_at < $2 or (stage >= {(short)AuditStage.ResponseComplete} and stage_at < $1)) order by stage_at", endedBefore, unfinishedBefore, limit, cancellationToken);

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select count(*) filter (where placed_at is null), count(*) from audit_pending");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        _mayHold |= reader.GetInt64(1) > 0;
        return reader.GetInt64(0);
    }

    /// <summary>Forgets what became calls of their own. An id that is no UUID is found by nothing else, so it is remembered as long as its call.</summary>
    public async Task ForgetAsync(DateTime seenBefore, DateTime oldest, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from audit_pending where placed_at is not null and (seen_at < $2 or (seen_at < $1 and audit_id is not null))");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = seenBefore });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = oldest });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Removes events in the caller's transaction; those that somebody else has in hand are left to him.</summary>
    /// <returns>The removed ones.</returns>
    public static async Task<IReadOnlyList<WaitingEvent>> TakeAsync(NpgsqlConnection connection, IEnumerable<Guid> keys, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"delete from audit_pending where key in (select key from audit_pending where key = any($1) order by key for update skip locked) returning {WaitingEvent.Columns}", connection)
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. keys] } },
        };
        return await ReadAsync(command, cancellationToken);
    }

    private async Task<IReadOnlyList<WaitingEvent>> WaitingAsync(string where, DateTime first, DateTime second, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {WaitingEvent.Columns} from audit_pending where placed_at is null and {where} limit {limit}");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = first });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = second });
        return await ReadAsync(command, cancellationToken);
    }

    private static async Task<IReadOnlyList<WaitingEvent>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var rows = new List<WaitingEvent>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(WaitingEvent.Read(reader));
        }

        return rows;
    }

    internal static NpgsqlParameter Times(IEnumerable<DateTime> times) => new() { Value = times.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };
}
