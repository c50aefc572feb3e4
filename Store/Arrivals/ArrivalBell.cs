using KubeLens.Store.Live;
using Npgsql;

namespace KubeLens.Store.Arrivals;

/// <summary>Waits until a Store says that it has stored something. It may ring for nothing, and it rings after a while in any case.</summary>
internal sealed class ArrivalBell(NpgsqlDataSource database) : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private NpgsqlConnection? _connection;

    /// <summary>Begins to listen with the first call, so that is to come before the first look at what is there. Fails when the database is away; the next call then connects anew.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_connection is null)
            {
                _connection = await database.OpenConnectionAsync(cancellationToken);
                await using var listen = new NpgsqlCommand($"listen {LiveNotice.Channel}", _connection);
                await listen.ExecuteNonQueryAsync(cancellationToken);
                return;
            }

            await _connection.WaitAsync(Longest, cancellationToken);
        }
        catch (Exception)
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
