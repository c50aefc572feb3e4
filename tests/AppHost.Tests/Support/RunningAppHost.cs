using System.Globalization;

namespace KubeLens.AppHost.Tests.Support;

/// <summary>AppHost itself, with all services, on free ports.</summary>
internal sealed class RunningAppHost : IDisposable
{
    private readonly TestHome _home = new("state");
    private readonly RunningProgram _program;

    public RunningAppHost(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        Directory.Delete(_home.Path);
        var ports = Testing.Ports.Free(4).Select(port => port.ToString(CultureInfo.InvariantCulture)).ToList();
        (GatewayPort, PortalPort) = (ports[0], ports[2]);
        _program = new RunningProgram(
            Path.Combine(AppContext.BaseDirectory, "KubeLens.AppHost"),
            ["--gateway-port", ports[0], "--store-port", ports[1], "--portal-port", ports[2], "--demo-port", ports[3], .. arguments],
            new Dictionary<string, string?>(environment) { ["KUBELENS_HOME"] = _home.Path, ["KUBECONFIG"] = null, ["NO_COLOR"] = "1" });
    }

    public string GatewayPort { get; }

    public string PortalPort { get; }

    public CapturedOutput Output => _program.Output;

    public string Home => _home.Path;

    /// <summary>All is ready, and has been said.</summary>
    public Task ReadyAsync() => Eventually.TrueAsync(() => Output.Text.Contains("Ctrl-C stops everything.", StringComparison.Ordinal), () => Output.Text, deadline: TimeSpan.FromMinutes(4));

    /// <summary>Ends it as a terminal would.</summary>
    public async Task StopAsync()
    {
        await _program.SignalAsync("INT");
        (await _program.ExitCodeAsync()).ShouldBe(0, Output.Text);
    }

    public void Dispose()
    {
        _program.Dispose();
        _home.Dispose();
    }
}
