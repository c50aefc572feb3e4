using System.Net;
using KubeLens.EndToEnd.Tests.Transparency;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Audit;

/// <summary>A Store, an apiserver that posts its audit events to it, and a gateway before that apiserver, each the real program.</summary>
internal sealed class AuditedSystem : IAsyncDisposable
{
    private readonly TempFolder _home = new("audited");
    private readonly PostgresServer _postgres = new();
    private TestProcess? _store;
    private TransparentGateway? _gateway;

    private AuditedSystem()
    {
    }

    public TransparentGateway Gateway => _gateway!;

    public ClusterAccess Cluster { get; private set; } = null!;

    /// <summary>What the Store has warned of.</summary>
    public IEnumerable<string> Complaints => _store!.Lines.SkipWhile(line => !line.StartsWith("warn:", StringComparison.Ordinal) && !line.StartsWith("fail:", StringComparison.Ordinal)).Take(20);

    public StoreApi Api { get; private set; } = null!;

    /// <param name="clusters">Starts the apiserver.</param>
    /// <param name="mode">Of its webhook: <c>batch</c> or <c>blocking</c>.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<AuditedSystem> StartAsync(TestCluster clusters, string mode, CancellationToken cancellationToken)
    {
        var system = new AuditedSystem();
        try
        {
            await system.RunAsync(clusters, mode, cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        await _postgres.DisposeAsync();
        _home.Dispose();
    }

    private async Task RunAsync(TestCluster clusters, string mode, CancellationToken cancellationToken)
    {
        var ports = Ports.Free(2);
        var (port, secure) = (ports[0], ports[1]);
        foreach (var token in (string[])["api-token", "service-token"])
        {
            await File.WriteAllTextAsync(_home[token], token, cancellationToken);
        }

        Directory.CreateDirectory(_home["login"]);
        var environment = new Dictionary<string, string?>
        {
            ["KUBELENS_HOME"] = _home.Path,
            ["Store__Port"] = $"{port}",
            ["ConnectionStrings__Store"] = await _postgres.CreateDatabaseAsync(cancellationToken),
            ["Access__ApiTokenFile"] = _home["api-token"],
            ["Access__ServiceTokenFile"] = _home["service-token"],
            ["Access__LoginFolder"] = _home["login"],
            ["Access__KeyFile"] = _home["store-key"],
            ["Audit__Port"] = $"{secure}",
            ["Audit__WaitSeconds"] = "3",
            ["Audit__StartSeconds"] = "1",
            ["KUBELENS_PARENT_WATCH"] = "1",
        };
        var program = KubeLensSystem.ServicePath("Store");
        _store = TestProcess.Start(new TestCommand("dotnet", [program]) { Environment = environment });
        await WaitAsync(port, cancellationToken);
        var made = await TestProcess.RunAsync(new TestCommand("dotnet", [program, "audit-token", "--cluster", "test", "--server", $"https://127.0.0.1:{secure}", "--out", _home["webhook.kubeconfig"]]) { Environment = environment }, cancellationToken);
        made.ExitCode.ShouldBe(0, made.Error);

        // At level RequestResponse an apiserver 1.20 drops a whole batch when a body in it was YAML, and says so in its log only.
        await File.WriteAllTextAsync(_home["policy.yaml"], """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            rules:
            - {level: None, nonResourceURLs: ["/readyz*", "/livez*", "/healthz*"]}
            - {level: Metadata}
            """, cancellationToken);
        Cluster = await clusters.RequireAnotherAsync(cancellationToken, $"--audit-policy-file={_home["policy.yaml"]}", $"--audit-webhook-config-file={_home["webhook.kubeconfig"]}", $"--audit-webhook-mode={mode}", "--audit-webhook-batch-max-wait=1s", "--audit-webhook-initial-backoff=1s");
        _gateway = await TransparentGateway.StartAsync(
            Cluster.Kubeconfig("admin"), "credential", cancellationToken,
            ("Store__Address", $"http://127.0.0.1:{port}"), ("Store__TokenFile", _home["service-token"]), ("Capture__OpenUpdate", "00:00:01"));
        Api = new StoreApi(port, _home["api-token"]);
    }

    private async Task WaitAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        await Eventually.Async(
            async () =>
            {
                _store!.HasExited.ShouldBeFalse(string.Join('\n', _store.Lines));
                try
                {
                    using var ready = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), cancellationToken);
                    return ready.StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false; // not listening yet
                }
            },
            cancellationToken,
            TimeSpan.FromMinutes(1),
            "the Store is ready");
    }
}
