using System.Globalization;
using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Tests.Support;

namespace KubeLens.AppHost.Tests;

/// <summary>AppHost's supervisor, its Postgres and a service, in processes of their own.</summary>
public sealed class WholeSystemTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly string _port = Testing.Ports.Free().ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Signal_Term_StopsInReverseOrderAndEndsWell()
    {
        using var system = Start();
        await Eventually.ContainsAsync(system.Output, "all ready");

        await system.SignalAsync("TERM");

        (await system.ExitCodeAsync()).ShouldBe(0, system.Output.Text);
        var text = system.Output.Text;
        text.ShouldContain("service stopped.");
        text.IndexOf("service stopped.", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("received fast shutdown request", StringComparison.Ordinal));
        text.ShouldContain("postgres stopped.");
        text.ShouldNotContain("was killed");
        LeftBehind().ShouldBeEmpty();
    }

    [Fact]
    public async Task Signal_Kill_EveryChildEndsByItselfAndPostgresCleanly()
    {
        using (var system = Start())
        {
            await Eventually.ContainsAsync(system.Output, "all ready");
            LeftBehind().Count.ShouldBeGreaterThan(3);

            system.KillAlone();
            await Eventually.TrueAsync(() => LeftBehind().Count == 0, () => string.Join('\n', LeftBehind()));
        }

        // A clean end leaves no postmaster.pid; and the next start finds its data.
        File.Exists(_home.In("postgres", "data", "postmaster.pid")).ShouldBeFalse();
        using var again = Start();
        await Eventually.ContainsAsync(again.Output, "all ready");
        again.Output.Text.ShouldNotContain("not properly shut down");
        await again.SignalAsync("INT");
        (await again.ExitCodeAsync()).ShouldBe(0, again.Output.Text);
    }

    [Fact]
    public async Task Signal_KillThenStartAtOnce_WaitsForTheOldServer()
    {
        using var first = Start();
        await Eventually.ContainsAsync(first.Output, "all ready");

        first.KillAlone();
        using var second = Start();

        await Eventually.ContainsAsync(second.Output, "all ready");
        second.Output.Text.ShouldNotContain("postgres ended by itself");
        await second.SignalAsync("TERM");
        (await second.ExitCodeAsync()).ShouldBe(0, second.Output.Text);
        LeftBehind().ShouldBeEmpty();
    }

    [Fact]
    public async Task Service_KilledAlone_IsStartedAgain()
    {
        using var system = Start();
        await Eventually.ContainsAsync(system.Output, "all ready");

        using (var service = System.Diagnostics.Process.GetProcessById(ServiceProcess()))
        {
            service.Kill();
        }
;
        await Eventually.ContainsAsync(system.Output, "service ended by itself");
        await Eventually.TrueAsync(() => ServiceProcess() > 0, () => system.Output.Text);

        await system.SignalAsync("TERM");
        (await system.ExitCodeAsync()).ShouldBe(0, system.Output.Text);
    }

    [Fact]
    public async Task Service_ConfigurationIsWrong_EverythingStopsWithItsWords()
    {
        using var system = Start(("STANDIN_PROBLEM", "Store:Port 0 is no port. Set it to 1 to 65535."));

        (await system.ExitCodeAsync()).ShouldBe(ExitCodes.Configuration);

        system.Output.Text.ShouldContain("configuration: Store:Port 0 is no port.");
        system.Output.Text.ShouldNotContain("   at ");
        system.Output.Text.ShouldContain("postgres stopped.");
        LeftBehind().ShouldBeEmpty();
    }

    private static string StandIn => Path.Combine(AppContext.BaseDirectory, "KubeLens.AppHost.StandIn");

    private RunningProgram Start(params (string, string?)[] environment) => new(StandIn, ["supervise", _home.Path, _port], environment.ToDictionary());

    // The server's helpers work in its data folder, the service and the shell have our port or home in their command line.
    private IReadOnlyList<string> LeftBehind() =>
    [
        .. ProcessTable.All().Where(process => process != Environment.ProcessId)
            .Select(process => $"{process} {string.Join(' ', ProcessTable.CommandLine(process))}")
            .Where(line => line.Contains(_home.Path, StringComparison.Ordinal) || line.EndsWith($" service {_port}", StringComparison.Ordinal)),
        .. ProcessTable.WorkingIn(_home.In("postgres", "data")).Select(process => $"{process} (server)"),
    ];

    private int ServiceProcess() => ProcessTable.All().FirstOrDefault(process => ProcessTable.CommandLine(process) is [_, "service", var port] && port == _port);
}
