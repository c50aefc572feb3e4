using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>The gateway's own process in one identity mode before the test cluster, with a scripted store that keeps its records.</summary>
internal sealed class TransparentGateway : IAsyncDisposable
{
    private readonly TempFolder _home;
    private readonly TestCommand _command;

    private TransparentGateway(TempFolder home, RecordSink sink, TestCommand command) => (_home, Sink, _command, Process) = (home, sink, command, TestProcess.Start(command));

    public RecordSink Sink { get; }

    public TestProcess Process { get; private set; }

    /// <summary>The kubeconfig that the gateway issued.</summary>
    public string Issued => _home["kubeconfig"];

    public string File(string name) => _home[name];

    /// <param name="kubeconfig">What the gateway reaches the cluster with.</param>
    public static async Task<TransparentGateway> StartAsync(string kubeconfig, string mode, CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var home = new TempFolder("gateway");
        var sink = await RecordSink.StartAsync();
        await System.IO.File.WriteAllTextAsync(home["service-token"], "service", cancellationToken);
        var environment = new Dictionary<string, string?>
        {
            ["Gateway__Port"] = $"{Ports.Free()}",
            ["Gateway__Home"] = home.Path,
            ["Gateway__Name"] = "transparent",
            ["Cluster__Kubeconfig"] = kubeconfig,
            ["Cluster__Identity"] = mode,
            ["Store__Address"] = sink.Address,
            ["Store__TokenFile"] = home["service-token"],
            ["Spool__Folder"] = home["spool"],
            ["KUBELENS_PARENT_WATCH"] = "1",
        };
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        var gateway = new TransparentGateway(home, sink, new TestCommand("dotnet", Assembly()) { Environment = environment });
        await gateway.WaitAsync(cancellationToken);
        return gateway;
    }

    /// <summary>Stops it as an operator does.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Process.Signal(Signals.Terminate);
        (await Process.WaitForExitAsync(cancellationToken, TimeSpan.FromSeconds(20))).ShouldBe(0, string.Join('\n', Process.Lines));
    }

    /// <summary>Starts it again at the same address, with the same state.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await Process.DisposeAsync();
        Process = TestProcess.Start(_command);
        await WaitAsync(cancellationToken);
    }

    /// <summary>A kubeconfig for this gateway with the credential in another one.</summary>
    public string WithUserOf(string kubeconfig)
    {
        var issued = new ApiAccess(Issued);
        var file = _home[$"{Guid.NewGuid():N}.kubeconfig"];
        Scene.WriteKubeconfig(file, issued.Address, issued.Authority, new ApiAccess(kubeconfig).User);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Sink.DisposeAsync();
        _home.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Eventually.Async(() => Process.HasExited || System.IO.File.Exists(Issued), cancellationToken, what: "the issued kubeconfig");
        Process.HasExited.ShouldBeFalse(string.Join('\n', Process.Lines));
        using var client = GatewayClient.From(Issued);
        await Eventually.Async(() => IsReadyAsync(client, cancellationToken), cancellationToken, what: "the gateway's health");
    }

    private static string Assembly()
    {
        // …/tests/EndToEnd.Tests/bin/<configuration>/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(KubeLensSystem.RepositoryRoot(), "Gateway", "bin", output.Parent!.Name, output.Name, "KubeLens.Gateway.dll");
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync("/health/ready", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }
}
