using Npgsql;

namespace KubeLens.Store.Tests.Distribution;

/// <summary>While it is there, every Store that this test starts runs with <c>Database:Distribution=citus</c>: on the stand-in, or on a Citus server, in a schema of its own for each database that the test asks for.</summary>
internal sealed class DistributedRun : IDisposable
{
    private const string SchemaPrefix = "kubelens_";

    private static readonly AsyncLocal<DistributedRun?> _current = new();

    private readonly string? _server;
    private readonly string _name = Guid.NewGuid().ToString("N")[..8];
    private readonly HashSet<string> _schemas = [];
    private readonly SemaphoreSlim _gate = new(1, 1);

    private DistributedRun(string? server)
    {
        _server = server;
        _current.Value = this;
    }

    public static DistributedRun? Current => _current.Value;

    /// <summary>What the Stores say to the database.</summary>
    public SqlCapture Capture { get; } = new();

    public static DistributedRun OnStandIn() => new(null);

    /// <param name="server">The connection string of a database on a coordinator that has the extension.</param>
    public static DistributedRun OnServer(string server) => new(server);

    /// <summary>The same for the same database.</summary>
    public async Task<string> PrepareAsync(string connectionString, CancellationToken cancellationToken)
    {
        var asked = new NpgsqlConnectionStringBuilder(connectionString);
        var schema = _server is null ? CitusStandIn.Schema : $"{SchemaPrefix}{_name}_{asked.Database}";
        var prepared = _server is null
            ? new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = $"public,{schema}" }
            : new NpgsqlConnectionStringBuilder(_server) { SearchPath = schema };
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await ExecuteAsync(_server ?? connectionString, _server is null ? CitusStandIn.Sql : $"create schema if not exists {schema}", cancellationToken);
            _schemas.Add(schema);
        }
        finally
        {
            _gate.Release();
        }

        return prepared.ConnectionString;
    }

    /// <summary>Takes the schemas away that were made on a server; what is left is for somebody to look at.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var schema in _server is null ? [] : _schemas)
        {
            await ExecuteAsync(_server!, $"drop schema {schema} cascade", cancellationToken);
        }
    }

    public void Dispose()
    {
        _current.Value = null;
        Capture.Dispose();
        _gate.Dispose();
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
