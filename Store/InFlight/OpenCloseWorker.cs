using KubeLens.Store.Database;

namespace KubeLens.Store.InFlight;

/// <summary>Looks every few seconds for lost calls to write off. Several Stores on one database may do so.</summary>
internal sealed class OpenCloseWorker(OpenCloser closer, DatabaseState database, TimeProvider time, ILogger<OpenCloseWorker> logger) : BackgroundService
{
    // After a start nobody can have said yet that he lives; three of the default intervals, and some.
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitUntilMigratedAsync(stoppingToken);
        await Task.Delay(FirstLook, time, stoppingToken);
        var swept = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await closer.CloseAsync(stoppingToken);
                if (time.GetElapsedTime(swept) >= SweepInterval)
                {
                    await closer.SweepAsync(stoppingToken);
                    swept = time.GetTimestamp();
                }
            }
            catch (Exception e) when (e.IsDatabase())
            {
                logger.CloseFailed(e.GetBaseException().Message, Interval);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
