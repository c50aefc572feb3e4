using KubeLens.Store.Database;
using KubeLens.Store.Health;

namespace KubeLens.Store.Retention;

/// <summary>Looks every few minutes at what is due. Several Stores on one database may do so: what is gone is gone.</summary>
internal sealed class RetentionWorker(RetentionRun run, DatabaseState database, TimeProvider time, StageNotes notes, ILogger<RetentionWorker> logger) : BackgroundService
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
                notes.Done(Stage.Retention);
            }
            catch (Exception e) when (e.IsDatabase() || e.IsDamage())
            {
                logger.RetentionFailed(e.GetBaseException().Message, Interval);
                notes.Failed(Stage.Retention, e.GetBaseException().Message);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
