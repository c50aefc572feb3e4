using KubeLens.Store.Database;
using KubeLens.Store.Health;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Sealing;

/// <summary>Looks every minute at what is to be sealed. Several Stores on one database take turns.</summary>
internal sealed class SealingWorker(SealingRun run, DatabaseState database, IOptions<SealingOptions> options, TimeProvider time, StageNotes notes, ILogger<SealingWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        await database.WaitUntilMigratedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await run.SealDueAsync(stoppingToken);
                notes.Done(Stage.Sealing);
            }
            catch (Exception e) when (e.IsDatabase() || e is IOException)
            {
                logger.SealingFailed(e, Interval);
                notes.Failed(Stage.Sealing, e.GetBaseException().Message);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
