using KubeLens.Store.Database;
using KubeLens.Store.Health;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Audit;

/// <summary>Looks every few seconds at what became of waiting events. Several Stores on one database may do so.</summary>
internal sealed class AuditWorker(AuditResolver resolver, AuditTable table, DatabaseState database, IOptions<AuditOptions> options, StoreMetrics metrics, TimeProvider time, StageNotes notes, ILogger<AuditWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitUntilMigratedAsync(stoppingToken);
        var (started, forgotten) = (time.GetTimestamp(), time.GetTimestamp());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                metrics.AuditPending(await table.CountAsync(stoppingToken));
                await resolver.JoinRecentAsync(stoppingToken);
                if (time.GetElapsedTime(started).TotalSeconds >= options.Value.StartSeconds)
                {
                    await resolver.ResolveDueAsync(stoppingToken);
                }

                if (time.GetElapsedTime(forgotten) >= ForgetInterval)
                {
                    await resolver.ForgetAsync(stoppingToken);
                    forgotten = time.GetTimestamp();
                }

                notes.Done(Stage.Audit);
            }
            catch (Exception e) when (e.IsDatabase())
            {
                logger.AuditDelayed(e.GetBaseException().Message, Interval);
                notes.Failed(Stage.Audit, e.GetBaseException().Message);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
