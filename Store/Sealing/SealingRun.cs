using System.Globalization;
using System.Runtime.CompilerServices;
using KubeLens.Store.AccessReview;
using KubeLens.Store.Database;
using KubeLens.Store.Health;
using KubeLens.Store.Holds;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Sealing;

/// <summary>
/// One look at what is to be sealed:
/// <code>
/// 1 close     the hour takes no more calls (a transaction of its own, alone with the lock that ingest shares)
/// 2 seal      its chunks and packs, what was used, and the turn of its segment, in one transaction: killed before its end, nothing has happened
/// 3 late      what came for a sealed hour and lies in the overflow table becomes a segment more
/// 4 leaves    rows of hours that have been sealed for long enough are dropped
/// 5 packs     packs that no row needs any more are dropped
/// </code>
/// An hour that is damaged is left as it is, and does not keep others waiting. One Store does it at a time, under a lock of the connection that it does all of it with.
/// </summary>
internal sealed class SealingRun(
    NpgsqlDataSource database, SegmentWriter writer, PartitionCatalog partitions, DropDays days, IOptions<SealingOptions> options, TimeProvider time, StoreMetrics metrics, StageNotes notes, ILogger<SealingRun> logger)
{
    /// <summary>Of the Store that seals, and of whoever takes calls out of hours. Any number that nobody else uses in this database.</summary>
    private const long AdvisoryLock = 0x6b756265_72756e73;

    private const string LockTimeout = "500ms";

    private static readonly TimeSpan PauseAfterDamage = TimeSpan.FromHours(1);

    /// <summary>Hours that could not be sealed for what is in them, and when they are tried again.</summary>
    private readonly Dictionary<DateTime, DateTime> _damaged = [];

    /// <summary>Waits until nobody seals, or takes calls out of hours; nobody does until the transaction ends.</summary>
    public static async Task TakeTurnAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var turn = new NpgsqlCommand(FormattableString.Invariant($"select pg_advisory_xact_lock({AdvisoryLock})"), connection) { CommandTimeout = 0 };
        await turn.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes the turn where it is free, for who can come again.</summary>
    /// <returns>Whether it was taken.</returns>
    public static async Task<bool> TryTakeTurnAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await AskAsync(connection, FormattableString.Invariant($"select pg_try_advisory_xact_lock({AdvisoryLock})"), cancellationToken);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private DateTime Settled => Now.AddMinutes(-options.Value.AfterMinutes);

    public async Task SealDueAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await AskAsync(connection, $"select pg_try_advisory_lock({AdvisoryLock})", cancellationToken))
        {
            return;
        }

        try
        {
            foreach (var hour in (await DueAsync(connection, cancellationToken)).Where(MayTry))
            {
                if (await CloseAsync(connection, hour, cancellationToken) is { } segment)
                {
                    await TryAsync(hour, () => SealAsync(connection, segment, hour, cancellationToken));
                }
            }

            await SealLateAsync(connection, cancellationToken);
            await DropLeavesAsync(connection, cancellationToken);
            await DropPacksAsync(connection, cancellationToken);
        }
        finally
        {
            // A broken connection has given the lock back already.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await AskAsync(connection, $"select pg_advisory_unlock({AdvisoryLock})", CancellationToken.None);
            }
        }
    }

    private async Task<IReadOnlyList<DateTime>> DueAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var done = new Dictionary<DateTime, DateTime>();
        await using (var command = new NpgsqlCommand($"select hour, max(coalesce(sealed_at, '-infinity')), bool_or(state = {(short)SegmentState.Sealed}) from segment group by hour", connection))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                done[reader.GetDateTime(0)] = reader.GetBoolean(2) ? DateTime.MaxValue : reader.GetDateTime(1);
            }
        }

        // The leaf of an hour that is sealed was made by late calls: others may follow.
        return [.. (await partitions.ListAsync(PartitionTable.Call, cancellationToken)).Where(hour => hour + PartitionTable.Call.Step <= Settled && done.GetValueOrDefault(hour) <= Settled).Order()];
    }

    /// <summary>1. Null when that has to wait: a call of the hour may still be replaced, or ingest is in the middle of something long.</summary>
    private static async Task<long?> CloseAsync(NpgsqlConnection connection, DateTime hour, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand($"set local lock_timeout = '{LockTimeout}'; select pg_advisory_xact_lock({ClosedHours.AdvisoryLock})", connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);

            // A call that was written off as lost goes when its end comes after all (InFlight/OpenEnds), which a sealed one could not.
            await using var close = new NpgsqlCommand($"""
                with known as (select seg_id from segment where hour = $1 and state = {(short)SegmentState.Closed}),
                     made as (insert into segment (hour, state) select $1, {(short)SegmentState.Closed}
                              where not exists (select from known) and not exists (select from call_ended where lost and at >= $1 and at < $1 + interval '1 hour') returning seg_id)
                select seg_id from known union all select seg_id from made
                """, connection, transaction)
            {
                Parameters = { new NpgsqlParameter<DateTime> { TypedValue = hour } },
            };
            var segment = (long?)await close.ExecuteScalarAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return segment;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            return null;
        }
    }

    // 2
    private async Task SealAsync(NpgsqlConnection connection, long segment, DateTime hour, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var access = new AccessTally();
        var calls = await writer.WriteAsync(connection, segment, access.PassAsync(ReadLeafAsync(hour, cancellationToken), cancellationToken), cancellationToken);
        await access.WriteAsync(connection, cancellationToken);
        await TurnAsync(connection, segment, SegmentState.Sealed, calls, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        metrics.Sealed(calls, time.GetElapsedTime(started));
        logger.HourSealed(hour, calls, time.GetElapsedTime(started));
    }

    private async IAsyncEnumerable<Call> ReadLeafAsync(DateTime hour, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {CallColumns.All} from {PartitionTable.Call.PartitionName(hour)} order by at, batch_id, ord");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return CallColumns.Read(reader);
        }
    }

    // 3
    private async Task SealLateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var hour in (await LateAsync(connection, cancellationToken)).Where(MayTry))
        {
            await TryAsync(hour, () => SealLateAsync(connection, hour, cancellationToken));
        }
    }

    private async Task SealLateAsync(NpgsqlConnection connection, DateTime hour, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await TakeLateAsync(connection, hour, cancellationToken);
        if (rows.Count == 0)
        {
            return;
        }

        await using var make = new NpgsqlCommand($"insert into segment (hour, state) values ($1, {(short)SegmentState.Alone}) returning seg_id", connection, transaction) { Parameters = { new NpgsqlParameter<DateTime> { TypedValue = hour } } };
        var segment = (long)(await make.ExecuteScalarAsync(cancellationToken))!;
        var access = new AccessTally();
        var calls = await writer.WriteAsync(connection, segment, access.PassAsync(rows.OrderBy(row => row.At).ThenBy(row => row.BatchId).ThenBy(row => row.Ord).ToAsyncEnumerable(), cancellationToken), cancellationToken);
        await access.WriteAsync(connection, cancellationToken);
        await TurnAsync(connection, segment, SegmentState.Alone, calls, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.LateSealed(hour, calls);
    }

    // What one hour holds must not keep the others from being sealed: it is told of, and goes on being answered from its rows.
    private async Task TryAsync(DateTime hour, Func<Task> seal)
    {
        try
        {
            await seal();
            _damaged.Remove(hour);
        }
        catch (Exception e) when (e.IsDamage())
        {
            _damaged[hour] = Now + PauseAfterDamage;
            metrics.HourDamaged();
            logger.HourDamaged(hour, e.Message, PauseAfterDamage);
            notes.Failed(Stage.Sealing, $"The hour {hour:yyyy-MM-dd HH}:00 cannot be sealed: {e.Message}");
        }
    }

    private bool MayTry(DateTime hour) => !_damaged.TryGetValue(hour, out var until) || until <= Now;

    private async Task<IReadOnlyList<DateTime>> LateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"""
            select s.hour from (select hour from segment group by hour having bool_and(state = {(short)SegmentState.Alone}) and max(sealed_at) <= $1) s
            where exists (select from call_overflow o where o.at >= s.hour and o.at < s.hour + interval '1 hour' and {HeldDays.NotHeld})
            """, connection)
        {
            Parameters = { new NpgsqlParameter<DateTime> { TypedValue = Settled } },
        };
        var hours = new List<DateTime>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            hours.Add(reader.GetDateTime(0));
        }

        return hours;
    }

    private async Task<List<Call>> TakeLateAsync(NpgsqlConnection connection, DateTime hour, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"""
            delete from call_overflow where ctid = any(array(
                select o.ctid from call_overflow o
                where o.at >= $1 and o.at < $1 + interval '1 hour' and {HeldDays.NotHeld} and not exists (select from call_ended e where e.lost and e.at = o.at and e.batch_id = o.batch_id and e.ord = o.ord)
                order by o.at limit $2 for update of o))
            returning {CallColumns.All}
            """, connection)
        {
            Parameters = { new NpgsqlParameter<DateTime> { TypedValue = hour }, new NpgsqlParameter<int> { TypedValue = options.Value.MaxCalls } },
        };
        var rows = new List<Call>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(CallColumns.Read(reader));
        }

        return rows;
    }

    // 4
    private async Task DropLeavesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var due = new List<(long Segment, DateTime Hour)>();
        await using (var command = new NpgsqlCommand($"select seg_id, hour from segment where state = {(short)SegmentState.Sealed} and sealed_at <= $1 order by hour", connection) { Parameters = { new NpgsqlParameter<DateTime> { TypedValue = Now.AddMinutes(-options.Value.GraceMinutes) } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                due.Add((reader.GetInt64(0), reader.GetDateTime(1)));
            }
        }

        foreach (var (segment, hour) in due)
        {
            if (await partitions.TryDropAsync(PartitionTable.Call, hour, cancellationToken))
            {
                // Killed before this, the next run drops nothing and says so.
                await using var alone = new NpgsqlCommand($"update segment set state = {(short)SegmentState.Alone} where seg_id = $1", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = segment } } };
                await alone.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    // 5. Not those that ingest writes now; whoever still does holds a lock on the partition until its calls are there to be found.
    private async Task DropPacksAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var written = days.Possible().SelectMany(day => new[] { day.AddDays(-1), day, day.AddDays(1) }).ToHashSet();
        foreach (var start in (await partitions.ListAsync(PartitionTable.Pack, cancellationToken)).Where(start => !written.Contains(DateOnly.FromDateTime(start)) && DateOnly.FromDateTime(start) > days.Today))
        {
            var needed = string.Create(CultureInfo.InvariantCulture, $"select exists (select from call where drop_day = '{start:yyyy-MM-dd}') or exists (select from call_overflow where drop_day = '{start:yyyy-MM-dd}')");
            if (!await AskAsync(connection, needed, cancellationToken) && await partitions.TryDropAsync(PartitionTable.Pack, start, cancellationToken, unless: needed))
            {
                logger.PacksDropped(PartitionTable.Pack.PartitionName(start));
            }
        }
    }

    private async Task TurnAsync(NpgsqlConnection connection, long segment, SegmentState state, long calls, CancellationToken cancellationToken)
    {
        await using var turn = new NpgsqlCommand("update segment set state = $2, calls = $3, sealed_at = $4 where seg_id = $1", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = segment }, new NpgsqlParameter<short> { TypedValue = (short)state }, new NpgsqlParameter<long> { TypedValue = calls }, new NpgsqlParameter<DateTime> { TypedValue = Now },
            },
        };
        await turn.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
