using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database;

/// <summary>Brings the schema up to date at start; keeps trying while Postgres is not up yet.</summary>
internal sealed class DatabaseMigrator(IDbContextFactory<StoreContext> contexts, DatabaseState state, TimeProvider time, ILogger<DatabaseMigrator> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Any number that nobody else uses in this database: replicas that start together migrate one after the other.</summary>
    private const long AdvisoryLock = 0x6b756265_6c656e73;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MigrateAsync(stoppingToken);
                state.MarkMigrated();
                return;
            }
            catch (Exception e) when (e.IsDatabase())
            {
                logger.DatabaseNotReady(e.GetBaseException().Message, RetryAfter);
            }

            await Task.Delay(RetryAfter, time, stoppingToken);
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"select pg_advisory_lock({AdvisoryLock})", cancellationToken);
        try
        {
            // Asking for applied migrations before their table exists would be an error in the server's log.
            await context.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
            var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            if (pending.Count > 0)
            {
                logger.Migrating(pending);
                await context.Database.MigrateAsync(cancellationToken);
            }
        }
        finally
        {
            // A broken connection has given the lock back already; asking it again would hide why it broke.
            if (context.Database.GetDbConnection().State == System.Data.ConnectionState.Open)
            {
                await context.Database.ExecuteSqlAsync($"select pg_advisory_unlock({AdvisoryLock})", CancellationToken.None);
            }
        }

        logger.DatabaseReady();
    }
}
