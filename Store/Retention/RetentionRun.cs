using System.Globalization;
using KubeLens.Store.Arrivals;
using KubeLens.Store.Database;
using KubeLens.Store.Distribution;
using KubeLens.Store.Holds;
using KubeLens.Store.Notes;
using KubeLens.Store.Partitions;
using KubeLens.Store.Rollups;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Retention;

/// <summary>
/// One look at what is due:
/// <code>
/// 1 bodies    partitions of drop days that are over, sealed or not
/// 2 calls     hours, sealed days, and days of the ledger, older than CallDays
/// 3 overflow  rows of the same ages that no partition took
/// 4 rollups   days of counts of the same ages
/// 5 holds     what only released ones kept is given back
/// 6 access    who read what, older than AccessDays; who used what, older than AccessReviewDays
/// 7 arrivals  when what was stored, older than ArrivalDays
/// 8 size      above MaxBytes: the next drop days, then the oldest hours
/// 9 notes     those on calls that went
/// </code>
/// What is under a legal hold is taken out before. Partitions go by DROP, which writes next to nothing; it waits a moment only for searches, since whatever comes after it waits for it.
/// </summary>
internal sealed class RetentionRun(NpgsqlDataSource database, PartitionCatalog partitions, DropDays days, HoldKeeper keeper, HoldTable holds, NoteSweep notes, IOptions<RetentionOptions> options, IOptions<DatabaseOptions> placement, TimeProvider time, StoreMetrics metrics, ILogger<RetentionRun> logger)
{
    private const string Age = "age";
    private const string Size = "size";

    public async Task DropDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var oldest = now.AddDays(-options.Value.CallDays);
        var today = days.Today.ToDateTime(default, DateTimeKind.Utc);

        // 1, 2
        await DropAsync(PartitionTable.Pack, start => start <= today, cancellationToken);
        await DropAsync(PartitionTable.BodyPack, start => start <= today, cancellationToken);
        await DropAsync(PartitionTable.Chunk, start => start + PartitionTable.Chunk.Step <= oldest, cancellationToken);
        await DropAsync(PartitionTable.Call, start => start + PartitionTable.Call.Step <= oldest, cancellationToken);
        await DropAsync(PartitionTable.Batch, start => start + PartitionTable.Batch.Step <= oldest, cancellationToken);

        // 3
        await RaiseFloorAsync(oldest, cancellationToken);
        await DeleteAsync("pack_default", "drop_day <= $1", days.Today, cancellationToken);
        await DeleteOverflowAsync(oldest, cancellationToken);
        await DeleteSegmentsAsync(oldest.AddDays(-1), cancellationToken);
        await DeleteAsync("ingest_batch_default", "day < $1", DateOnly.FromDateTime(oldest), cancellationToken);

        // 4
        foreach (var rollup in Rollup.All)
        {
            await DropAsync(rollup.Table, start => start + rollup.Table.Step <= oldest, cancellationToken);
        }

        // 5
        await keeper.LetGoAsync(cancellationToken);

        // 6
        await DeleteAsync("access_record", "at < $1", now.AddDays(-options.Value.AccessDays), cancellationToken);
        await DeleteAsync("access_day", "day < $1", DateOnly.FromDateTime(now.AddDays(-options.Value.AccessReviewDays)), cancellationToken);
        await DeleteAsync("access_gap", "day < $1", DateOnly.FromDateTime(now.AddDays(-Math.Max(options.Value.AccessReviewDays, options.Value.CallDays))), cancellationToken);

        // 7
        if (await ArrivalFloor.RaiseAsync(database, now.AddDays(-options.Value.ArrivalDays), cancellationToken) is > 0 and var forgotten)
        {
            metrics.RetentionDeleted("arrival", forgotten);
        }

        // 8
        if (options.Value.MaxBytes > 0)
        {
            await ShrinkAsync(now, cancellationToken);
        }

        // 9
        await notes.DropAsync(cancellationToken);
    }

    private async Task DropAsync(PartitionTable table, Func<DateTime, bool> isDue, CancellationToken cancellationToken)
    {
        foreach (var start in (await partitions.ListAsync(table, cancellationToken)).Where(isDue).Order())
        {
            await DropAsync(table, start, Age, cancellationToken);
        }
    }

    private async Task<bool> DropAsync(PartitionTable table, DateTime start, string reason, CancellationToken cancellationToken)
    {
        if (table == PartitionTable.Call || table == PartitionTable.Chunk)
        {
            await RaiseFloorAsync(start + table.Step, cancellationToken);
            await MarkGapsAsync(start, table.Step, cancellationToken);
        }

        string? unless;
        try
        {
            unless = table == PartitionTable.Batch || Rollup.All.Any(rollup => rollup.Table == table) ? null : await keeper.KeepAsync(table, start, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return true; // another Store dropped it
        }
        catch (Exception e) when (e.IsDamage())
        {
            logger.HoldUncertain(table.PartitionName(start), e.Message);
            return false;
        }

        var dropped = await partitions.TryDropAsync(table, start, cancellationToken, unless, then: table == PartitionTable.Chunk ? Emptied(start) : null);
        if (dropped)
        {
            metrics.RetentionDropped(table.Name, reason);
            logger.RetentionDropped(table.PartitionName(start), reason);
        }
        else
        {
            logger.RetentionDelayed(table.PartitionName(start));
        }

        return dropped;
    }

    // Before they go: from now on the rollups say more than there is.
    private async Task MarkGapsAsync(DateTime start, TimeSpan step, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await RollupGaps.MarkAsync(connection, Enumerable.Range(0, (int)step.TotalHours).Select(hour => start.AddHours(hour)), cancellationToken);
    }

    private async Task DeleteOverflowAsync(DateTime oldest, CancellationToken cancellationToken)
    {
        var unless = await keeper.KeepOverflowAsync(oldest, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await HoldTable.FenceAsync(connection, cancellationToken);
        await using var delete = new NpgsqlCommand($"with gone as (delete from {CallTables.Overflow} where at <= $1 and {HeldDays.NotHeld} and not ({unless}) returning at), marked as ({RollupGaps.MarkSql("gone")}) select count(*) from gone", connection, transaction) { Parameters = { new NpgsqlParameter<DateTime> { TypedValue = oldest } } };
        var rows = (int)(long)(await delete.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        metrics.RetentionDeleted(CallTables.Overflow, rows);
    }

    // Before anything goes: what is younger is never missing for its age.
    private async Task RaiseFloorAsync(DateTime to, CancellationToken cancellationToken)
    {
        await using var raise = database.CreateCommand("update call_floor set at = $1 where at < $1");
        raise.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = to });
        await raise.ExecuteNonQueryAsync(cancellationToken);
    }

    // Late calls of the day may be sealed once more.
    private static string Emptied(DateTime day) => string.Create(CultureInfo.InvariantCulture, $"update segment set calls = 0 where hour >= '{day:yyyy-MM-dd} 00:00:00+00' and hour < '{day.AddDays(1):yyyy-MM-dd} 00:00:00+00'");

    // Asked one after the other: chunks and segments may lie on different servers.
    private async Task DeleteSegmentsAsync(DateTime before, CancellationToken cancellationToken)
    {
        var old = await SegmentsAsync("select seg_id from segment where hour < $1", new NpgsqlParameter<DateTime> { TypedValue = before }, cancellationToken);
        if (old.Count == 0)
        {
            return;
        }

        var full = await SegmentsAsync("select distinct seg_id from call_chunk where seg_id = any($1)", new NpgsqlParameter<long[]> { TypedValue = [.. old] }, cancellationToken);
        await DeleteAsync("segment", "seg_id = any($1)", old.Except(full).ToArray(), cancellationToken);
    }

    private async Task<List<long>> SegmentsAsync(string sql, NpgsqlParameter value, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(value);
        var segments = new List<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            segments.Add(reader.GetInt64(0));
        }

        return segments;
    }

    private async Task DeleteAsync(string table, string where, object bound, CancellationToken cancellationToken)
    {
        await using var delete = database.CreateCommand($"delete from {table} where {where}");
        delete.Parameters.Add(new() { Value = bound });
        var rows = await delete.ExecuteNonQueryAsync(cancellationToken);
        if (rows > 0)
        {
            metrics.RetentionDeleted(table, rows);
        }
    }

    private async Task ShrinkAsync(DateTime now, CancellationToken cancellationToken)
    {
        // Of today, and made ahead for tomorrow.
        var written = days.Possible().SelectMany(day => new[] { day, day.AddDays(1) }).Select(day => day.ToDateTime(default, DateTimeKind.Utc)).ToHashSet();
        var hour = PartitionTable.Call.StartOf(now);
        var bodies = (await ListAsync(PartitionTable.Pack, start => start < written.Max() && !written.Contains(start), cancellationToken))
            .Concat(await ListAsync(PartitionTable.BodyPack, start => start < written.Max() && !written.Contains(start), cancellationToken));
        var calls = (await ListAsync(PartitionTable.Call, start => start < hour, cancellationToken))
            .Concat(await ListAsync(PartitionTable.Chunk, start => start < now.Date, cancellationToken));
        foreach (var (table, start) in bodies.OrderBy(next => next.Start).Concat(calls.OrderBy(next => next.Start)))
        {
            if (await BytesAsync(cancellationToken) <= options.Value.MaxBytes)
            {
                return;
            }

            await DropAsync(table, start, Size, cancellationToken);
        }

        if (await BytesAsync(cancellationToken) is var left && left > options.Value.MaxBytes)
        {
            logger.RetentionTooLarge(left, options.Value.MaxBytes);
            if (await holds.KeptAsync(cancellationToken) is { Calls: > 0 } kept)
            {
                logger.HoldTooLarge(kept.Calls, kept.Bytes);
            }
        }
    }

    private async Task<IEnumerable<(PartitionTable Table, DateTime Start)>> ListAsync(PartitionTable table, Func<DateTime, bool> mayGo, CancellationToken cancellationToken) =>
        (await partitions.ListAsync(table, cancellationToken)).Where(mayGo).Select(start => (table, start));

    private async Task<long> BytesAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {TableSizes.Sql(placement.Value, "call", "call_overflow", "pack", "ingest_batch", "call_chunk", "body_pack")}");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
