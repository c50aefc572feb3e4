using System.Net.Http.Headers;
using KubeLens.Bench.Peers;

namespace KubeLens.Bench.Ingest;

/// <summary>KubeLens' Store as it runs in production: its own process.</summary>
internal sealed class StorePeer : IAsyncDisposable
{
    private readonly PeerProcess _process;

    private StorePeer(PeerProcess process, HttpClient client) => (_process, Client) = (process, client);

    public int ProcessId => _process.Id;

    /// <summary>A gateway's.</summary>
    public HttpClient Client { get; }

    /// <param name="folder">For its files.</param>
    /// <param name="connectionString">Of an empty database, or of one that it knows.</param>
    /// <param name="settings">Besides, such as <c>Sealing__CpuPercent</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<StorePeer> StartAsync(string folder, string connectionString, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "login"));
        string File(string name) => Path.Combine(folder, name);
        await System.IO.File.WriteAllTextAsync(File("api-token"), "bench", cancellationToken);
        await System.IO.File.WriteAllTextAsync(File("service-token"), "bench-gateway", cancellationToken);
        var address = new Uri($"http://127.0.0.1:{PeerProcess.FreePort()}");
        var process = PeerProcess.Start(["dotnet", FindProgram()], File("store.log"), new Dictionary<string, string>(settings)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
            ["KUBELENS_PARENT_WATCH"] = "",
            ["Store__Port"] = $"{address.Port}",
            ["ConnectionStrings__Store"] = connectionString,
            ["Access__ApiTokenFile"] = File("api-token"),
            ["Access__ServiceTokenFile"] = File("service-token"),
            ["Access__LoginFolder"] = File("login"),
            ["Access__KeyFile"] = File("store-key"),
            ["Limits__RequestsPerSecond"] = "0",
        });
        var client = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "bench-gateway") }, Timeout = Timeout.InfiniteTimeSpan };
        await process.WaitUntilAsync(
            "The start of the Store",
            async () =>
            {
                using var answer = await client.GetAsync("/health/ready", cancellationToken);
                answer.EnsureSuccessStatusCode();
            },
            cancellationToken);
        return new StorePeer(process, client);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }

    // Built as this program is, Release when something is measured.
    private static string FindProgram()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(Repository.Root, "Store", "bin", configuration, "net10.0", "KubeLens.Store.dll");
        return System.IO.File.Exists(program) ? program : throw new BenchException($"The Store is not built: dotnet build --configuration {configuration} {Path.Combine(Repository.Root, "Store")}");
    }
}
