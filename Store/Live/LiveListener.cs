using KubeLens.Store.Database;
using Npgsql;

namespace KubeLens.Store.Live;

/// <summary>Listens to what all Stores on the database have stored, on one connection, and passes it on to those who follow.</summary>
internal sealed class LiveListener(NpgsqlDataSource database, DatabaseState state, LiveFollowers followers, TimeProvider time, ILogger<LiveListener> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    // A connection that is dead says nothing, as does one on which nothing happens.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.WaitUntilMigratedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e.IsDatabase())
            {
                followers.Interrupt();
                logger.LiveInterrupted(e.GetBaseException().Message, Retry);
            }

            await Task.Delay(Retry, time, stoppingToken);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) => Take(notification.Payload);
        await ExecuteAsync(connection, $"listen {LiveNotice.Channel}", cancellationToken);
        followers.Begin();
        while (true)
        {
            if (!await connection.WaitAsync(Silence, cancellationToken))
            {
                await ExecuteAsync(connection, "select 1", cancellationToken);
            }
        }
    }

    private void Take(string payload)
    {
        try
        {
            followers.Tell(LiveNotice.Parse(payload));
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // Anybody who may connect may notify.
            logger.LiveNoticeUnread(e.Message);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
