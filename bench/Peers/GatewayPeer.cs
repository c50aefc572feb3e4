using KubeLens.Bench.Load;
using KubeLens.Bench.Pki;
using KubeLens.Bench.Upstream;

namespace KubeLens.Bench.Peers;

/// <summary>KubeLens' gateway as it runs in production: its own process, the Release build, everything on, delivering to a Store that takes all.</summary>
internal sealed class GatewayPeer : IPeer
{
    private readonly PeerProcess _process;
    private readonly StoreSink _sink;
    private long _before;

    private GatewayPeer(PeerProcess process, StoreSink sink, Endpoint endpoint, int workers)
    {
        _process = process;
        _sink = sink;
        Endpoint = endpoint;
        Description = $"Release build, .NET {Environment.Version}, {workers} processor{(workers == 1 ? "" : "s")}: every call with headers and redacted bodies through the spool, delivered as OTLP to a Store that only counts";
    }

    public string Name => "gateway";

    public string Description { get; }

    public Endpoint Endpoint { get; }

    public int? ProcessId => _process.Id;

    public static async Task<GatewayPeer> StartAsync(string folder, Uri upstream, BenchPki pki, int workers, TimeProvider time, CancellationToken cancellationToken)
    {
        var program = FindProgram();
        Directory.CreateDirectory(folder);
        var kubeconfig = Path.Combine(folder, "upstream.kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, Kubeconfig(upstream, pki.AuthorityFile), cancellationToken);
        var token = Path.Combine(folder, "service-token");
        await File.WriteAllTextAsync(token, "bench", cancellationToken);
        var sink = await StoreSink.StartAsync(cancellationToken);
        var address = new Uri($"https://127.0.0.1:{PeerProcess.FreePort()}");
        var process = PeerProcess.Start(["dotnet", program], Path.Combine(folder, "gateway.log"), new Dictionary<string, string>
        {
            ["DOTNET_PROCESSOR_COUNT"] = workers.ToString("x", null),
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
            ["KUBELENS_PARENT_WATCH"] = "",
            ["Gateway__Port"] = $"{address.Port}",
            ["Gateway__Home"] = folder,
            ["Cluster__Kubeconfig"] = kubeconfig,
            ["Store__Address"] = sink.Address.ToString(),
            ["Store__TokenFile"] = token,
            ["Spool__Folder"] = Path.Combine(folder, "spool"),
        });

        Endpoint? endpoint = null;
        await process.WaitUntilAsync(
            "The start of the gateway",
            async () =>
            {
                endpoint = IssuedKubeconfig.Read(Path.Combine(folder, "kubeconfig"), address);
                using var probe = new Loader(LoadShape.SingleStream, endpoint, time);
                await probe.ConnectAsync(cancellationToken);
            },
            cancellationToken);
        var peer = new GatewayPeer(process, sink, endpoint!, workers);
        await peer.DrainAsync(1, cancellationToken);
        peer._before = sink.Calls;
        return peer;
    }

    public Task DrainAsync(long answered, CancellationToken cancellationToken)
        => _process.WaitUntilAsync(
            "The delivery of the last call",
            () => _sink.Calls - _before >= answered
                ? Task.CompletedTask
                : throw new BenchException($"{_sink.Calls - _before} calls were delivered, {answered} were answered."),
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _sink.DisposeAsync();
    }

    private static string FindProgram()
    {
        var program = Path.Combine(Repository.Root, "Gateway", "bin", "Release", "net10.0", "KubeLens.Gateway.dll");
        return File.Exists(program) ? program : throw new BenchException($"The gateway is not built: dotnet build --configuration Release {Path.Combine(Repository.Root, "Gateway")}");
    }

    private static string Kubeconfig(Uri upstream, string authority) => $$"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: bench
          cluster:
            server: {{upstream.GetLeftPart(UriPartial.Authority)}}
            certificate-authority: {{authority}}
        users:
        - name: bench
          user:
            token: bench
        contexts:
        - name: bench
          context:
            cluster: bench
            user: bench
        current-context: bench
        """;
}
