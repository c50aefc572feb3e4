using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace KubeLens.Store.Database;

/// <summary>Ready when the schema is up to date and the database answers.</summary>
internal sealed class DatabaseHealthCheck(NpgsqlDataSource database, DatabaseState state) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!state.IsMigrated)
        {
            return HealthCheckResult.Unhealthy("The database schema is not up to date yet.");
        }

        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e.IsDatabase())
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", e);
        }
    }
}
