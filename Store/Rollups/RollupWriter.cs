using System.Runtime.InteropServices;
using KubeLens.Store.Partitions;
using Npgsql;

namespace KubeLens.Store.Rollups;

/// <summary>
/// Changes counts with the calls that they count, as the last thing in the transaction that changes these:
/// <code>
/// changes → 1 of days without a partition: their hours are marked as gaps → 2 kinds of users
///         → 3 a shard that nobody else writes to → 4 one upsert a table
/// </code>
/// A shard has one writer until its transaction ends, so that none waits for the rows of another; who has one waits for nothing any more.
/// </summary>
internal sealed class RollupWriter(PartitionCatalog partitions, PartitionPlan plan, UserKindReader users)
{
    private const int Shards = 8;

    /// <summary>Of the first shard, and the next ones after it. Any numbers that nobody else uses in this database.</summary>
    private const long AdvisoryLock = 0x6b756265_726f6c00;

    /// <summary>Makes the partitions for calls of these times; before the transaction begins.</summary>
    public async Task EnsureAsync(IEnumerable<DateTime> times, CancellationToken cancellationToken)
    {
        var wanted = times.Where(plan.Allows).ToList();
        foreach (var rollup in Rollup.All)
        {
            await partitions.EnsureAsync(rollup.Table, wanted, cancellationToken);
        }
    }

    /// <param name="connection">In the transaction that changes the calls. It is to end next.</param>
    /// <param name="changes">All of them.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task WriteAsync(NpgsqlConnection connection, IReadOnlyCollection<RollupChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }

        // 1
        var counted = changes.ToLookup(change => Rollup.All.All(rollup => partitions.Has(rollup.Table, change.At)));
        await RollupGaps.MarkAsync(connection, counted[false].Select(change => change.At), cancellationToken);
        if (!counted[true].Any())
        {
            return;
        }

        // 2, 3
        var kinds = await users.ReadAsync(connection, counted[true].Select(change => change.UserId), cancellationToken);
        var shard = await TakeShardAsync(connection, cancellationToken);

        // 4
        await using var batch = new NpgsqlBatch(connection);
        foreach (var rollup in Rollup.All)
        {
            batch.BatchCommands.Add(Upsert(rollup, shard, Sum(rollup, counted[true], kinds)));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<short> TakeShardAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var free = new NpgsqlCommand(FormattableString.Invariant($"select g::smallint from generate_series(0, {Shards - 1}) g where pg_try_advisory_xact_lock({AdvisoryLock} + g) limit 1"), connection);
        if (await free.ExecuteScalarAsync(cancellationToken) is short shard)
        {
            return shard;
        }

        await using var wait = new NpgsqlCommand(FormattableString.Invariant($"select pg_advisory_xact_lock({AdvisoryLock})"), connection);
        await wait.ExecuteNonQueryAsync(cancellationToken);
        return 0;
    }

    private static Dictionary<(DateTime At, RollupKey Key), long> Sum(Rollup rollup, IEnumerable<RollupChange> changes, IReadOnlyDictionary<int, UserKind> kinds)
    {
        var sums = new Dictionary<(DateTime, RollupKey), long>();
        foreach (var change in changes)
        {
            var at = new DateTime(change.At.Ticks - change.At.Ticks % rollup.Grain.Ticks, DateTimeKind.Utc);
            CollectionsMarshal.GetValueRefOrAddDefault(sums, (at, rollup.Values(change, kinds[change.UserId])), out _) += change.Calls;
        }

        return sums;
    }

    private static NpgsqlBatchCommand Upsert(Rollup rollup, short shard, Dictionary<(DateTime At, RollupKey Key), long> sums)
    {
        var names = string.Join(", ", rollup.Columns.Select(column => column.Name));
        var command = new NpgsqlBatchCommand(FormattableString.Invariant($"""
            insert into {rollup.Table.Name} as r (at, shard, {names}, calls)
            select at, $1, {string.Join(", ", rollup.Columns.Select(column => $"{column.Name}::{column.Type}"))}, calls
            from unnest({string.Join(", ", Enumerable.Range(2, rollup.Columns.Length + 2).Select(i => FormattableString.Invariant($"${i}")))}) as k (at, calls, {names})
            on conflict (at, {names}, shard) do update set calls = r.calls + excluded.calls
            """))
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = shard },
                new NpgsqlParameter<DateTime[]> { TypedValue = [.. sums.Keys.Select(key => key.At)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. sums.Values] },
            },
        };
        for (var i = 0; i < rollup.Columns.Length; i++)
        {
            command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. sums.Keys.Select(key => key.Key[i])] });
        }

        return command;
    }
}
