using KubeLens.AppHost.Postgres;
using KubeLens.AppHost.Processes;
using KubeLens.AppHost.State;
using KubeLens.AppHost.Terminal;
using KubeLens.AppHost.Tests.Support;
using Npgsql;

namespace KubeLens.AppHost.Tests.Postgres;

/// <summary>The embedded server under its supervisor, as AppHost runs it.</summary>
internal sealed class RunningPostgres : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly LogStream _log;
    private readonly Task<int> _running;
    private readonly NpgsqlDataSource _data;

    private RunningPostgres(CapturedOutput output, LogStream log, EmbeddedPostgres postgres)
    {
        (Output, _log, ConnectionString) = (output, log, postgres.ConnectionString);
        _data = NpgsqlDataSource.Create(ConnectionString);
        _running = new Supervisor([postgres.Resource], log, TimeProvider.System).RunAsync((_, _) => Task.CompletedTask, _stop.Token, CancellationToken.None);
    }

    public CapturedOutput Output { get; }

    public string ConnectionString { get; }

    public static async Task<RunningPostgres> StartAsync(TestHome home, BinarySearch? search = null)
    {
        var output = new CapturedOutput();
        var log = output.LogStream();
        var state = new StateFolder(home.Path);
        search ??= new BinarySearch(state.PostgresNpm, output.Add);
        var postgres = await EmbeddedPostgres.CreateAsync(state, search, output.Add, TimeProvider.System, TestContext.Current.CancellationToken);
        var running = new RunningPostgres(output, log, postgres);
        await Eventually.TrueAsync(() => running._running.IsCompleted || output.Text.Contains("postgres is ready", StringComparison.Ordinal), () => output.Text);
        running._running.IsCompleted.ShouldBeFalse(output.Text);
        return running;
    }

    public async Task<string?> QueryAsync(string sql)
    {
        await using var command = _data.CreateCommand(sql);
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))?.ToString();
    }

    /// <summary>Those in the pool are dead once the server was.</summary>
    public void DropConnections() => _data.Clear();

    public async ValueTask DisposeAsync()
    {
        await _data.DisposeAsync();
        await _stop.CancelAsync();
        await _running;
        await _log.DisposeAsync();
        _stop.Dispose();
    }
}
