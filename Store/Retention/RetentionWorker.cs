using KubeLens.Store.Database;

namespace KubeLens.Store.Retention;

/// <summary>Looks every few minutes at what is due. Several Stores on one database may do so: what is gone is gone.</summary>
internal sealed class RetentionWorker(RetentionRun run, DatabaseState database, TimeProvider time, ILogger<RetentionWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitUntilMigratedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await run.DropDueAsync(stoppingToken);
            }
            catch (Exception e) when (e.IsDatabase())
            {
                logger.RetentionFailed(e.GetBaseException().Message, Interval);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
