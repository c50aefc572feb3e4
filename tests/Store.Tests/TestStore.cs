using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Hosting;
using KubeLens.Store.Tests.Distribution;
using KubeLens.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KubeLens.Store.Tests;

/// <summary>A Store on real Kestrel and a real database of its own.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public const string ApiToken = "test-api-token";
    public const string ServiceToken = "test-service-token";

    private readonly WebApplication _app;
    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;

    private TestStore(WebApplication app, TempFolder folder, bool ownsFolder, string connectionString, LogCollector logs)
    {
        (_app, _folder, _ownsFolder, ConnectionString, Logs) = (app, folder, ownsFolder, connectionString, logs);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Auditor = Client(ApiToken);
        Service = Client(ServiceToken);
        Nobody = Client(null);
    }

    public string ConnectionString { get; }

    public Uri Address { get; }

    public LogCollector Logs { get; }

    public IServiceProvider Services => _app.Services;

    public TempFolder Folder => _folder;

    public HttpClient Auditor { get; }

    public HttpClient Service { get; }

    public HttpClient Nobody { get; }

    public static async Task<TestStore> StartAsync(PostgresServer postgres, CancellationToken cancellationToken, params string[] settings)
    {
        var store = await StartAsync(await postgres.CreateDatabaseAsync(cancellationToken), null, cancellationToken, settings: settings);
        await store.WaitUntilReadyAsync(cancellationToken);
        return store;
    }

    /// <param name="folder">State of an earlier Store (keys, tokens), or null for a new one.</param>
    public static async Task<TestStore> StartAsync(string connectionString, TempFolder? folder, CancellationToken cancellationToken, TimeProvider? time = null, params string[] settings)
    {
        var run = DistributedRun.Current;
        if (run is not null)
        {
            connectionString = await run.PrepareAsync(connectionString, cancellationToken);
            settings = [.. settings, "--Database:Distribution=citus"];
        }

        var state = folder ?? new TempFolder("store");
        await File.WriteAllTextAsync(state["api-token"], ApiToken + "\n", cancellationToken);
        await File.WriteAllTextAsync(state["service-token"], ServiceToken, cancellationToken);
        Directory.CreateDirectory(state["login"]);
        var logs = new LogCollector();
        var app = StoreProgram.Build(
            [
                "--Store:Port=0", $"--ConnectionStrings:Store={connectionString}",
                $"--Access:ApiTokenFile={state["api-token"]}", $"--Access:ServiceTokenFile={state["service-token"]}",
                $"--Access:LoginFolder={state["login"]}", $"--Access:KeyFile={state["store-key"]}", $"--Access:AuditTokenFolder={state["audit-tokens"]}",
                "--Sealing:Enabled=false", // tests say when
                "--Limits:RequestsPerSecond=0", // tests ask as fast as they can
                .. settings,
            ],
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(logs);
                if (run is not null)
                {
                    builder.Logging.AddProvider(run.Capture).AddFilter<SqlCapture>("Npgsql", LogLevel.Debug);
                }

                if (time is not null)
                {
                    builder.Services.AddSingleton(time);
                }
            });
        await app.StartAsync(cancellationToken);
        return new TestStore(app, state, folder is null, connectionString, logs);
    }

    /// <summary>As somebody with a session of a role.</summary>
    public HttpClient As(StoreRole role) => Client(_app.Services.GetRequiredService<SessionTokens>().Issue(role, "tester").Token);

    /// <summary>As the apiserver of a cluster, with a token of its own.</summary>
    public HttpClient ApiServer(string cluster) => Client(_app.Services.GetRequiredService<AuditTokens>().Make(cluster));

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) =>
        Eventually.Async(async () => (await Nobody.GetAsync("/health/ready", cancellationToken)).IsSuccessStatusCode, cancellationToken);

    public HttpClient Client(string? token)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    /// <summary>Delivers calls and expects them to be accepted; the answer tells of rejected ones.</summary>
    public Task<ExportLogsServiceResponse> DeliverAsync(IEnumerable<CallRecord> calls, CancellationToken cancellationToken) => DeliverRecordsAsync(calls.Select(Otlp.Record), cancellationToken);

    /// <inheritdoc cref="DeliverAsync(IEnumerable{CallRecord}, CancellationToken)"/>
    public async Task<ExportLogsServiceResponse> DeliverRecordsAsync(IEnumerable<LogRecord> records, CancellationToken cancellationToken)
    {
        using var content = Otlp.Content(Otlp.Request(records).ToByteArray());
        using var response = await Service.PostAsync("/v1/logs", content, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode} {(response.IsSuccessStatusCode ? "" : Status.Parser.ParseFrom(body).Message)}");
        return ExportLogsServiceResponse.Parser.ParseFrom(body);
    }

    /// <summary>Every call that matches, page by page.</summary>
    public async Task<List<CallItem>> SearchAsync(string query, CancellationToken cancellationToken, string from = "now-30d", string to = "now+30d", int limit = 1000)
    {
        var items = new List<CallItem>();
        string? cursor = null;
        do
        {
            var page = await PageAsync(query, from, to, limit, cursor, cancellationToken);
            page.Items.Count.ShouldBeLessThanOrEqualTo(limit);
            (page.Next is null || page.Items.Count == limit).ShouldBeTrue("only the last page may be short");
            items.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return items;
    }

    public async Task<CallPage> PageAsync(string query, string from, string to, int limit, string? cursor, CancellationToken cancellationToken)
    {
        using var response = await Auditor.GetAsync($"/api/v1/calls?q={Uri.EscapeDataString(query)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&limit={limit}&cursor={cursor}", cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue($"q={query}: {body}");
        return JsonSerializer.Deserialize<CallPage>(body, JsonSerializerOptions.Web)!;
    }

    /// <summary>Every call that a query finds, whole, as JSON.</summary>
    public async Task<List<string>> DescribeAsync(string query, CancellationToken cancellationToken, string from = "now-30d", string to = "now+30d")
    {
        var described = new List<string>();
        foreach (var item in await SearchAsync(query, cancellationToken, from, to))
        {
            described.Add(JsonSerializer.Serialize(await GetAsync(item.Id, cancellationToken)));
        }

        return described;
    }

    public async Task<CallDetails> GetAsync(string id, CancellationToken cancellationToken) => (await Auditor.GetFromJsonAsync<CallDetails>($"/api/v1/calls/{id}", cancellationToken))!;

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Holds up whoever wants what conflicts with the lock, until it is disposed of.</summary>
    /// <param name="mode">As in <c>LOCK TABLE … IN … MODE</c>.</param>
    public async Task<IAsyncDisposable> LockAsync(string table, string mode, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"begin; lock table {table} in {mode} mode", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        Auditor.Dispose();
        Service.Dispose();
        Nobody.Dispose();
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }
}
