using KubeLens.Store.Partitions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Retention;

/// <summary>
/// One look at what is due:
/// <code>
/// 1 bodies    partitions of drop days that are over, sealed or not
/// 2 calls     hours, sealed days, and days of the ledger, older than CallDays
/// 3 overflow  rows of the same ages that no partition took
/// 4 size      above MaxBytes: the next drop days, then the oldest hours
/// </code>
/// Partitions go by DROP, which writes next to nothing; it waits a moment only for searches, since whatever comes after it waits for it.
/// </summary>
internal sealed class RetentionRun(NpgsqlDataSource database, PartitionCatalog partitions, DropDays days, IOptions<RetentionOptions> options, TimeProvider time, StoreMetrics metrics, ILogger<RetentionRun> logger)
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
        await DeleteAsync("pack_default", "drop_day <= $1", days.Today, cancellationToken);
        await DeleteAsync("call_overflow", "at <= $1", oldest, cancellationToken);
        await DeleteAsync("segment", "hour < $1", oldest.AddDays(-1), cancellationToken);
        await DeleteAsync("ingest_batch_default", "day < $1", DateOnly.FromDateTime(oldest), cancellationToken);

        // 4
        if (options.Value.MaxBytes > 0)
        {
            await ShrinkAsync(now, cancellationToken);
        }
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
        var dropped = await partitions.TryDropAsync(table, start, cancellationToken);
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
        }
    }

    private async Task<IEnumerable<(PartitionTable Table, DateTime Start)>> ListAsync(PartitionTable table, Func<DateTime, bool> mayGo, CancellationToken cancellationToken) =>
        (await partitions.ListAsync(table, cancellationToken)).Where(mayGo).Select(start => (table, start));

    private async Task<long> BytesAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select coalesce(sum(pg_total_relation_size(relid)), 0)::bigint from (select (pg_partition_tree(parent)).relid from unnest(array['call', 'pack', 'ingest_batch', 'call_chunk', 'body_pack']::regclass[]) parent union all select 'call_overflow'::regclass) tables");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
