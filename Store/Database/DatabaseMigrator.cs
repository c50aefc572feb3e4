using KubeLens.Store.Distribution;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace KubeLens.Store.Database;

/// <summary>Brings the schema up to date at start, and to where its tables are to lie; keeps trying while Postgres is not up yet, or is not what the configuration says.</summary>
internal sealed class DatabaseMigrator(IDbContextFactory<StoreContext> contexts, TableDistributor distributor, DatabaseState state, TimeProvider time, ILogger<DatabaseMigrator> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    /// <summary>Any number that nobody else uses in this database: replicas that start together migrate one after the other.</summary>
    private const long AdvisoryLock = 0x6b756265_6c656e73;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = RetryAfter;
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
            catch (DistributionException e)
            {
                // Whoever runs the database may mend it meanwhile; until then nothing is stored, and gateways keep what they have.
                logger.DistributionImpossible(e.Message, AskAgainAfter);
                pause = AskAgainAfter;
            }

            await Task.Delay(pause, time, stoppingToken);
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

            await distributor.DistributeAsync((NpgsqlConnection)context.Database.GetDbConnection(), cancellationToken);
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
