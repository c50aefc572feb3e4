using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace KubeLens.Testing;

/// <summary>
/// A private, real PostgreSQL in a temporary folder, on a Unix socket, started when first asked for. It ends with the test process,
/// however that ends. Share it with <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>; a test that stops or kills
/// the server makes an instance of its own. Without PostgreSQL on this machine, whoever asks for it is skipped with the reason.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Admin = "kubelens";
    private const string PidFile = "postmaster.pid";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private TempFolder? _folder;
    private IReadOnlyList<string> _asUser = [];
    private TestProcess? _process;
    private int _databases;

    /// <summary>Starts nothing: the first database does.</summary>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The connection string of a fresh, empty database. It stays valid when the server is stopped and started again.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"create database {name}";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Starts the server, with the data that it had. Does nothing if it runs.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_process is { HasExited: false })
            {
                return;
            }

            var binaries = PostgresBinaries.Find();
            Assert.SkipWhen(binaries is null, PostgresBinaries.Missing);
            if (_folder is null)
            {
                await InitializeDataAsync(binaries!, cancellationToken);
            }

            await RunAsync(binaries!, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>An orderly stop: open connections are ended by the server ("fast").</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_process is { } process)
        {
            process.Input.Close();
            await EndAsync(process, cancellationToken);
        }
    }

    /// <summary>kill -9 of the postmaster; returns when its children are gone too.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (_process is { } process)
        {
            // The first line of the file is the postmaster's process id.
            var lines = await File.ReadAllLinesAsync(Path.Combine(_folder!["data"], PidFile), cancellationToken);
            Signals.Send(int.Parse(lines[0], CultureInfo.InvariantCulture), Signals.Kill);
            await EndAsync(process, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _folder?.Dispose();
        _gate.Dispose();
    }

    private async Task EndAsync(TestProcess process, CancellationToken cancellationToken)
    {
        // Ends when the last child has closed our pipes, so a new start finds no shared memory in use.
        await process.WaitForExitAsync(cancellationToken);
        await process.DisposeAsync();
        _process = null;
    }

    private async Task InitializeDataAsync(string binaries, CancellationToken cancellationToken)
    {
        var folder = TempFolder.ForOtherUser("pg");
        _asUser = await PostgresUser.PrepareAsync(folder.Path, cancellationToken);
        string[] arguments = ["-D", folder["data"], "-U", Admin, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions", "--no-sync"];
        var result = await TestProcess.RunAsync(AsUser(Path.Combine(binaries, "initdb"), arguments, folder, PosixSignal.SIGTERM), cancellationToken, TimeSpan.FromMinutes(2));
        if (result.ExitCode != 0)
        {
            folder.Dispose();
            throw new InvalidOperationException($"initdb: {result.Error}{result.Output}");
        }

        _folder = folder;
    }

    private async Task RunAsync(string binaries, CancellationToken cancellationToken)
    {
        // Nothing here survives a power cut, but every commit survives kill -9: synchronous_commit stays on.
        string[] settings =
        [
            "-D", _folder!["data"], "-k", _folder.Path, "-h", "",
            "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200",
            "-c", "lc_messages=C", "-c", "logging_collector=off", "-c", "log_destination=stderr", "-c", "unix_socket_permissions=0700",
        ];
        _process = TestProcess.Start(AsUser(Path.Combine(binaries, "postgres"), settings, _folder, PosixSignal.SIGINT));
        await _process.WaitForLineAsync(line => line.Contains("database system is ready to accept connections", StringComparison.Ordinal), cancellationToken, TimeSpan.FromMinutes(1));
    }

    private TestCommand AsUser(string program, IEnumerable<string> arguments, TempFolder folder, PosixSignal stop)
    {
        string[] all = [.. _asUser, program, .. arguments];
        return new TestCommand(all[0], all[1..])
        {
            WorkingDirectory = folder.Path,
            Leash = new Leash(stop, folder.Path),
            Environment = Environment.GetEnvironmentVariables().Keys.Cast<string>()
                .Where(name => name.StartsWith("PG", StringComparison.Ordinal))
                .ToDictionary(name => name, _ => (string?)null),
        };
    }

    private string ConnectionString(string database)
        => new NpgsqlConnectionStringBuilder { Host = _folder!.Path, Username = Admin, Database = database }.ConnectionString;
}
