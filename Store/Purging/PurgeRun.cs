using System.Collections.Immutable;
using System.Text.Json;
using KubeLens.Contracts.Query;
using KubeLens.Store.AccessReview;
using KubeLens.Store.Database;
using KubeLens.Store.Holds;
using KubeLens.Store.Partitions;
using KubeLens.Store.Rollups;
using KubeLens.Store.Search;
using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.Purging;

/// <summary>
/// Takes away what a query finds, an hour in one transaction: killed at whatever moment, an hour is as it was or has lost all of it, and the same purge
/// goes on. Nobody seals, drops, or places a hold meanwhile.
/// </summary>
internal sealed class PurgeRun(NpgsqlDataSource database, EndedCalls ended, HoldTable holds, TimeProvider time, ILogger<PurgeRun> logger)
{
    /// <summary>What would go: hours with their number of calls. Fails with <see cref="ArgumentException"/> where a legal hold keeps some of it.</summary>
    public async Task<IReadOnlyDictionary<DateTime, long>> LookAsync(PurgeRequest request, CancellationToken cancellationToken)
    {
        await RefuseHeldAsync(request, request.Range, cancellationToken);
        var hours = new SortedDictionary<DateTime, long>();
        await foreach (var call in ended.FindAsync(request.Node, request.Range, cancellationToken))
        {
            var hour = PartitionTable.Call.StartOf(call.At);
            hours[hour] = hours.GetValueOrDefault(hour) + 1;
        }

        return hours;
    }

    /// <summary>Does it, and records that it was done: in the table <c>purge</c>, hour by hour, and in the log.</summary>
    /// <param name="request">What is to go.</param>
    /// <param name="hours">Those of <see cref="LookAsync"/>.</param>
    /// <param name="progress">Is told of each hour that is done.</param>
    /// <param name="cancellationToken">Ends it between two hours.</param>
    /// <returns>How many calls went.</returns>
    public async Task<long> PurgeAsync(PurgeRequest request, IEnumerable<DateTime> hours, Action<DateTime, long> progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var id = await BeginAsync(connection, request, cancellationToken);
        var calls = 0L;
        foreach (var hour in hours)
        {
            var gone = await PurgeAsync(connection, id, request, hour, cancellationToken);
            calls += gone;
            progress(hour, gone);
        }

        await using var finish = new NpgsqlCommand("update purge set finished_at = $2 where purge_id = $1", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = id }, new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime } } };
        await finish.ExecuteNonQueryAsync(cancellationToken);
        logger.Purged(request.By, calls, JsonEncodedText.Encode(request.Query).Value, request.Range.From, request.Range.To, request.Reason);
        return calls;
    }

    private async Task<long> PurgeAsync(NpgsqlConnection connection, long id, PurgeRequest request, DateTime hour, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SealingRun.TakeTurnAsync(connection, cancellationToken);
        await HoldTable.FenceAsync(connection, cancellationToken);
        var range = EndedCalls.Within(request.Range, hour);
        await RefuseHeldAsync(request, range, cancellationToken);
        var calls = await ended.FindAsync(request.Node, range, cancellationToken).ToListAsync(cancellationToken);
        if (calls.Count == 0)
        {
            return 0;
        }

        await new PurgedCalls(connection).RemoveAsync(calls, cancellationToken);
        await using var count = new NpgsqlCommand("update purge set calls = calls + $2 where purge_id = $1", connection, transaction) { Parameters = { new NpgsqlParameter<long> { TypedValue = id }, new NpgsqlParameter<long> { TypedValue = calls.Count } } };
        await count.ExecuteNonQueryAsync(cancellationToken);
        await AccessGaps.MarkAsync(connection, calls.Where(call => call.Segment != 0 || HeldDays.IsHeld(call.DropDay)), cancellationToken);
        await RollupGaps.MarkAsync(connection, [hour], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return calls.Count;
    }

    private async Task RefuseHeldAsync(PurgeRequest request, TimeRange range, CancellationToken cancellationToken)
    {
        foreach (var hold in await holds.ActiveAsync(cancellationToken))
        {
            var both = new AndNode(ImmutableArray.Create(request.Node, hold.Node));
            var within = new TimeRange(range.From > hold.Range.From ? range.From : hold.Range.From, range.To < hold.Range.To ? range.To : hold.Range.To);
            await foreach (var call in ended.FindAsync(both, within, cancellationToken))
            {
                throw new ArgumentException($"--q: the legal hold {hold.Name} keeps calls that it finds, as {CallItems.IdOf(call)}; release it, or leave them out with -({hold.Query}). Nothing of their hour was purged.");
            }
        }
    }

    private async Task<long> BeginAsync(NpgsqlConnection connection, PurgeRequest request, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into purge (query, from_at, to_at, reason, purged_by, started_at) values ($1, $2, $3, $4, $5, $6) returning purge_id", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = request.Query }, new NpgsqlParameter<DateTime> { TypedValue = request.Range.From.UtcDateTime }, new NpgsqlParameter<DateTime> { TypedValue = request.Range.To.UtcDateTime },
                new NpgsqlParameter<string> { TypedValue = request.Reason }, new NpgsqlParameter<string> { TypedValue = request.By }, new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime },
            },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
