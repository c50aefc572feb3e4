using KubeLens.Contracts.Query;
using KubeLens.Store.AccessReview;
using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using Npgsql;

namespace KubeLens.Store.Holds;

/// <summary>
/// What retention asks before it drops anything: calls that a legal hold finds are taken out first. And after a release: what no hold finds any more is
/// given back to retention.
/// </summary>
internal sealed class HoldKeeper(NpgsqlDataSource database, HoldTable holds, EndedCalls ended, HeldCalls held, StoreMetrics metrics, ILogger<HoldKeeper> logger)
{
    /// <summary>Keeps what is held of a partition.</summary>
    /// <returns>A query for a boolean, asked when nobody else can write: true where something has come to the partition since, or a hold to the others.</returns>
    public async Task<string> KeepAsync(PartitionTable table, DateTime start, CancellationToken cancellationToken)
    {
        var last = await holds.LastAsync(cancellationToken);
        var active = await holds.ActiveAsync(cancellationToken);
        var partition = table.PartitionName(start);
        var seen = "";
        for (var moved = 1L; active.Count > 0 && moved > 0;)
        {
            // What comes after this was not looked at.
            seen = await PrintAsync(partition, cancellationToken);
            moved = 0;
            foreach (var hold in active)
            {
                moved += await KeepAsync(hold, table, start, cancellationToken);
            }

            if (moved > 0)
            {
                metrics.HoldKept(moved);
                logger.HoldKept(moved, partition);
            }
        }

        var newer = FormattableString.Invariant($"select {HoldTable.LastSql} <> {last}");
        return active.Count == 0 ? newer : $"{newer} or ({PrintOf(partition)}) <> '{seen}'";
    }

    /// <summary>Keeps what is held of the rows in the overflow table that ended before; the others may be deleted under the same fence.</summary>
    /// <returns>As <see cref="KeepAsync(PartitionTable, DateTime, CancellationToken)"/>.</returns>
    public async Task<string> KeepOverflowAsync(DateTime before, CancellationToken cancellationToken)
    {
        var last = await holds.LastAsync(cancellationToken);
        foreach (var hold in await holds.ActiveAsync(cancellationToken))
        {
            await KeepAsync(hold, EndedCalls.Within(hold.Range, DateTime.MinValue, before.AddTicks(TimeSpan.TicksPerMicrosecond)), call => call.Segment == 0, cancellationToken);
        }

        return FormattableString.Invariant($"select {HoldTable.LastSql} <> {last}");
    }

    /// <summary>Gives back to retention what only released holds kept.</summary>
    public async Task LetGoAsync(CancellationToken cancellationToken)
    {
        foreach (var released in await holds.ReleasedAsync(cancellationToken))
        {
            var calls = 0L;
            foreach (var hour in await HoursAsync(released, released.Range, call => HeldDays.IsHeld(call.DropDay), cancellationToken))
            {
                calls += await LetGoAsync(released, hour, cancellationToken);
            }

            await holds.MarkDoneAsync(released, cancellationToken);
            logger.HoldLetGo(released.Name, calls);
        }
    }

    private Task<long> KeepAsync(Hold hold, PartitionTable table, DateTime start, CancellationToken cancellationToken)
    {
        var day = DateOnly.FromDateTime(start);
        return table == PartitionTable.Pack ? KeepAsync(hold, hold.Range, call => call.Segment == 0 && call.DropDay == day, cancellationToken)
            : table == PartitionTable.BodyPack ? KeepAsync(hold, hold.Range, call => call.Segment != 0 && call.DropDay == day, cancellationToken)
            : KeepAsync(hold, EndedCalls.Within(hold.Range, start, start + table.Step), call => (call.Segment != 0) == (table == PartitionTable.Chunk), cancellationToken);
    }

    private async Task<long> KeepAsync(Hold hold, TimeRange range, Func<Call, bool> isDue, CancellationToken cancellationToken)
    {
        var moved = 0L;
        foreach (var hour in await HoursAsync(hold, range, call => isDue(call) && !HeldDays.IsHeld(call.DropDay), cancellationToken))
        {
            moved += await held.KeepAsync(() => ended.FindAsync(hold.Node, EndedCalls.Within(range, hour), cancellationToken).Where(isDue), cancellationToken);
        }

        return moved;
    }

    private async Task<IReadOnlyCollection<DateTime>> HoursAsync(Hold hold, TimeRange range, Func<Call, bool> which, CancellationToken cancellationToken)
    {
        var hours = new HashSet<DateTime>();
        await foreach (var call in ended.FindAsync(hold.Node, range, cancellationToken))
        {
            if (which(call))
            {
                hours.Add(PartitionTable.Call.StartOf(call.At));
            }
        }

        return hours;
    }

    // Retention had wanted them already when they were moved: headers and bodies go at once, rows when they are old enough.
    private async Task<long> LetGoAsync(Hold released, DateTime hour, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await HoldTable.FenceAsync(connection, cancellationToken);
        var kept = await ended.FindAsync(released.Node, EndedCalls.Within(released.Range, hour), cancellationToken).Where(call => HeldDays.IsHeld(call.DropDay)).ToListAsync(cancellationToken);
        var free = kept.Select(call => (call.BatchId, call.Ord)).ToHashSet();
        foreach (var hold in await holds.ActiveAsync(cancellationToken))
        {
            free.ExceptWith(await ended.FindAsync(hold.Node, EndedCalls.Within(hold.Range, hour), cancellationToken).Select(call => (call.BatchId, call.Ord)).ToListAsync(cancellationToken));
        }

        // Two statements: packs and rows may lie on different servers.
        const string Free = "unnest($1, $2) as f (batch_id, ord)";
        foreach (var sql in (string[])
        [
            $"delete from pack_held p using {Free} where p.batch_id = f.batch_id and p.seq = f.ord",
            $"update call_overflow c set drop_day = c.drop_day - {HeldDays.Days} from {Free} where c.batch_id = f.batch_id and c.ord = f.ord and not {HeldDays.NotHeld}",
        ])
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction)
            {
                Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. free.Select(call => call.BatchId)] }, new NpgsqlParameter<short[]> { TypedValue = [.. free.Select(call => call.Ord)] } },
            };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        // They are counted once more if they are sealed once more.
        await AccessGaps.MarkAsync(connection, kept.Where(call => free.Contains((call.BatchId, call.Ord))), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return free.Count;
    }

    // Changes with every row that comes, goes or changes.
    private static string PrintOf(string partition) => $"select count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) from {partition}";

    private async Task<string> PrintAsync(string partition, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PrintOf(partition));
        command.CommandTimeout = 0;
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
