using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Chaos;

/// <summary>A gateway of its own before the demo cluster of a system, which refuses what it cannot record. Killed, it is started again at the same address with the same spool.</summary>
internal sealed class ChaosGateway : IAsyncDisposable
{
    private readonly TempFolder _home;
    private readonly TestCommand _command;
    private TestProcess _process;

    private ChaosGateway(TempFolder home, TestCommand command) => (_home, _command, _process) = (home, command, TestProcess.Start(command));

    /// <summary>The kubeconfig that it issued.</summary>
    public string Issued => _home["kubeconfig"];

    public static async Task<ChaosGateway> StartAsync(KubeLensSystem system, string store, string spool, CancellationToken cancellationToken)
    {
        var home = new TempFolder("chaos");
        var gateway = new ChaosGateway(home, new TestCommand("dotnet", KubeLensSystem.ServicePath("Gateway"))
        {
            Environment = new Dictionary<string, string?>
            {
                ["Gateway__Port"] = $"{Ports.Free()}",
                ["Gateway__Home"] = home.Path,
                ["Gateway__Name"] = "chaos",
                ["Cluster__Kubeconfig"] = system.DemoKubeconfig,
                ["Cluster__Identity"] = "impersonate",
                ["Store__Address"] = store,
                ["Store__TokenFile"] = Path.Combine(system.Home.Path, "service-token"),
                ["Spool__Folder"] = spool,
                ["Spool__SegmentBytes"] = $"{1 << 20}",
                ["Spool__MaxBytes"] = $"{128 << 20}",
                ["Capture__OnPressure"] = "Refuse",
                ["Delivery__SendTimeout"] = "00:00:10",
                ["KUBELENS_PARENT_WATCH"] = "1",
            },
        });
        await gateway.WaitAsync(cancellationToken);
        return gateway;
    }

    public async Task KillAsync()
    {
        _process.Signal(Signals.Kill);
        await _process.DisposeAsync();
        _process = TestProcess.Start(_command);
        await WaitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _home.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Eventually.Async(() => _process.HasExited || File.Exists(Issued), cancellationToken, what: "the issued kubeconfig");
        using var client = GatewayClient.From(Issued);
        await Eventually.Async(() => IsReadyAsync(client, cancellationToken), cancellationToken, TimeSpan.FromMinutes(1), $"the gateway's health: {string.Join('\n', _process.Lines.TakeLast(5))}");
    }

    private async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        _process.HasExited.ShouldBeFalse(string.Join('\n', _process.Lines));
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
