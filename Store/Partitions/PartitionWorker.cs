using KubeLens.Store.Database;

namespace KubeLens.Store.Partitions;

/// <summary>Makes partitions ahead of time.</summary>
internal sealed class PartitionWorker(PartitionCatalog catalog, PartitionPlan plan, DatabaseState database, TimeProvider time, ILogger<PartitionWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitUntilMigratedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Interval;
            try
            {
                foreach (var table in PartitionTable.All)
                {
                    await catalog.EnsureAsync(table, plan.Ahead(table), stoppingToken);
                }
            }
            catch (Exception e) when (e.IsDatabase())
            {
                logger.PartitionsDelayed(e.GetBaseException().Message, RetryAfter);
                pause = RetryAfter;
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }
}
