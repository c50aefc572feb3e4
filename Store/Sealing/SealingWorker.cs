using KubeLens.Store.Database;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Sealing;

/// <summary>Looks every minute at what is to be sealed. Several Stores on one database take turns.</summary>
internal sealed class SealingWorker(SealingRun run, DatabaseState database, IOptions<SealingOptions> options, TimeProvider time, ILogger<SealingWorker> logger) : BackgroundService
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
            }
            catch (Exception e) when (e.IsDatabase() || e is IOException or InvalidDataException or ArgumentOutOfRangeException)
            {
                logger.SealingFailed(e, Interval);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
