using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Distribution;
using KubeLens.Store.Partitions;
using KubeLens.Store.Rollups;
using Npgsql;

namespace KubeLens.Store.Verifying;

/// <summary>
/// Reads all that is kept and says what is wrong:
/// <code>
/// 1 what the ledger says now → 2 each hour in a snapshot of its own: rows with their packs, segments with their chunks and packs, dictionary entries, counts
///                            → 3 chunks of no segment → 4 calls that were found, against the ledger
/// </code>
/// It changes nothing, and needs a connection for itself. A Store may run meanwhile.
/// </summary>
internal sealed class VerifyRun(NpgsqlDataSource database, PartitionCatalog partitions)
{
    /// <param name="range">Hours that are looked at; all when null.</param>
    /// <param name="report">Takes each problem as it is found.</param>
    /// <param name="progress">Is told after each hour: how many there are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<VerifyTotals> RunAsync(TimeRange? range, Action<Problem> report, Action<VerifyTotals, int> progress, CancellationToken cancellationToken)
    {
        var totals = new VerifyTotals();
        var users = new UserKindReader();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await OneServer.EnsureAsync(connection, "store verify", "restore a copy of its nodes, take its tables back with undistribute_table, and verify that", cancellationToken);
        var ledger = new LedgerCheck(connection, totals, Report);

        // 1
        await ledger.BeginAsync(cancellationToken);
        var hours = (await HoursAsync(connection, cancellationToken)).Where(hour => range is null || (hour.AddHours(1) > range.From.UtcDateTime && hour <= range.To.UtcDateTime)).ToList();

        // 2
        foreach (var hour in hours)
        {
            await using (var snapshot = await HourSnapshot.BeginAsync(connection, hour, cancellationToken))
            {
                var rollups = new RollupCheck(snapshot, users, Report);
                await new RowsCheck(snapshot, ledger, rollups, totals, Report).RunAsync(cancellationToken);
                foreach (var segment in snapshot.Segments)
                {
                    await new SegmentCheck(snapshot, segment, ledger, rollups, totals, Report).RunAsync(cancellationToken);
                }

                if (!totals.Uncounted)
                {
                    await rollups.RunAsync(cancellationToken);
                }
            }

            await ledger.FlushAsync(evenFew: false, cancellationToken);
            totals.Hours++;
            progress(totals, hours.Count);
        }

        // 3, 4
        await FindOrphansAsync(connection, totals, Report, cancellationToken);
        await ledger.CompareAsync(whole: range is null, cancellationToken);
        return totals;

        void Report(Problem problem)
        {
            totals.Problems++;
            report(problem);
        }
    }

    private async Task<IEnumerable<DateTime>> HoursAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var hours = (await partitions.ListAsync(PartitionTable.Call, cancellationToken)).ToHashSet();
        await using var command = new NpgsqlCommand($"select hour from segment union select date_trunc('hour', at, 'UTC') from {CallTables.Overflow}", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            hours.Add(reader.GetDateTime(0));
        }

        return hours.Order();
    }

    // Searches find their calls all the same, but nothing says which hour they answer for.
    private static async Task FindOrphansAsync(NpgsqlConnection connection, VerifyTotals totals, Action<Problem> report, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select c.seg_id, min(c.ts_min), sum(c.calls)::bigint from call_chunk c where not exists (select from segment s where s.seg_id = c.seg_id) group by c.seg_id order by c.seg_id", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            totals.Uncounted = true;
            report(new Problem(FormattableString.Invariant($"segment {reader.GetInt64(0)} of {reader.GetDateTime(1):yyyy-MM-ddTHH}Z"), $"it has chunks with {reader.GetInt64(2)} calls, and is not in the table segment", "restore its row of segment from a backup"));
        }
    }
}
