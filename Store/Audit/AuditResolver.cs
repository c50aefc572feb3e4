using KubeLens.Store.Database;
using KubeLens.Store.Retention;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Audit;

/// <summary>
/// What becomes of events in time:
/// <code>
/// call is there already        joined at once (AuditIntake)
/// call comes later             merged as it is written (Ingest, AuditMerge)
/// both came at the same time   joined by the next look here
/// no call, 60 s after every gateway has delivered what ended before it: bypass, or conflict where the audit-id is another call's
/// </code>
/// </summary>
internal sealed class AuditResolver(NpgsqlDataSource database, AuditTable table, AuditJoiner joiner, AuditPlacer placer, AuditedCalls calls, IOptions<AuditOptions> options, IOptions<RetentionOptions> retention, TimeProvider time)
{
    private const int AtOnce = 500;
    private static readonly TimeSpan RecentFrom = TimeSpan.FromSeconds(30);

    // Who took an event in joins it and counts it; nobody else does until it must have given up.
    private static readonly TimeSpan RecentTo = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    /// <summary>Joins those that missed their call by a moment.</summary>
    public async Task<int> JoinRecentAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var recent = await table.RecentAsync(now - RecentFrom, now - RecentTo, AtOnce * 10, cancellationToken);
        var joined = 0;
        foreach (var some in recent.Chunk(AtOnce))
        {
            joined += (await joiner.JoinAsync(some, due: false, cancellationToken)).Joined;
        }

        return joined;
    }

    /// <summary>Gives up waiting where there is nothing more to wait for.</summary>
    public async Task<(int Joined, AuditPlacing Placed)> ResolveDueAsync(CancellationToken cancellationToken)
    {
        var (joined, bypass, conflict) = (0, 0, 0);
        var now = time.GetUtcNow().UtcDateTime;
        var held = new HashSet<Guid>();
        while (true)
        {
            var delivered = await WatermarkAsync(now, cancellationToken);
            var due = (await table.DueAsync(delivered.AddSeconds(-options.Value.WaitSeconds), now.AddHours(-options.Value.UnfinishedHours), AtOnce + held.Count, cancellationToken)).Where(row => !held.Contains(row.Key)).ToList();
            if (due.Count == 0)
            {
                return (joined, new AuditPlacing(bypass, conflict));
            }

            var joining = await joiner.JoinAsync(due, due: true, cancellationToken);
            var open = await calls.FindOpenAsync(joining.Left.Where(row => row.Event.Id is not null).Select(row => row.Event.Id!.Value), cancellationToken);
            var waiting = joining.Left.Where(row => row.Event.Id is { } id && open.Contains(id)).Select(row => row.Key).ToHashSet();
            var placed = await placer.PlaceAsync([.. joining.Left.Where(row => !waiting.Contains(row.Key)).Select(row => (row, Contested(row, joining)))], cancellationToken);
            (joined, bypass, conflict) = (joined + joining.Joined, bypass + placed.Bypass, conflict + placed.Conflict);

            // What is left is held by a running call, or by another Store that has it in hand.
            held.UnionWith(joining.Joined + joining.Repeated + placed.Bypass + placed.Conflict > 0 ? waiting : due.Select(row => row.Key));
        }
    }

    public Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return table.ForgetAsync(now - Remembered, now.AddDays(-retention.Value.CallDays), cancellationToken);
    }

    private static IReadOnlyList<Call> Contested(WaitingEvent row, AuditJoining joining) => row.Event.Id is not { } id ? []
        : [.. joining.Known[id].Where(call => call.Call.Cluster == row.Event.Cluster && !call.Row.Flags.HasFlag(CallFlags.FromAudit)).Select(call => call.Row)];

    // Up to when everything that had ended has been delivered by every gateway that lives, or has been silent for a while only.
    private async Task<DateTime> WatermarkAsync(DateTime now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            select min(b.delivered_at) from gateway_boot b
            where b.lease_at >= $1 and not exists (select from gateway_boot n where n.gateway_id = b.gateway_id and n.seen_at > b.seen_at)
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.AddSeconds(-options.Value.PatienceSeconds) });
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime delivered && delivered < now ? delivered : now;
    }
}
