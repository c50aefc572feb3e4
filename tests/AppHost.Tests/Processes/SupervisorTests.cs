using KubeLens.AppHost.Processes;
using KubeLens.AppHost.Terminal;
using KubeLens.AppHost.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.AppHost.Tests.Processes;

public sealed class SupervisorTests : IDisposable
{
    // What a service does: it ends when its standard input does.
    private const string Obedient = "cat >/dev/null";

    private readonly CapturedOutput _output = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly TestHome _home = new();
    private bool _ready;

    public void Dispose()
    {
        _output.Dispose();
        _stop.Dispose();
        _kill.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task Run_Stopped_EndsInReverseOrder()
    {
        var running = RunAsync(TimeProvider.System, Of("first", $"{Obedient}; echo first is gone"), Of("second", $"{Obedient}; sleep 0.2; echo second is gone"));
        await Eventually.TrueAsync(() => _ready, () => _output.Text);

        await _stop.CancelAsync();

        (await running).ShouldBe(ExitCodes.Stopped);
        Position("second is gone").ShouldBeLessThan(Position("second stopped."));
        Position("second stopped.").ShouldBeLessThan(Position("first is gone"));
        Position("first is gone").ShouldBeLessThan(Position("first stopped."));
    }

    [Fact]
    public async Task Run_SlowDependency_DependantStartsAfterItIsReady()
    {
        var gate = _home.In("open");
        var first = Of("first", $"sleep 0.3; touch {gate}; {Obedient}") with { Ready = new FileProbe(gate) };
        var second = Of("second", $"test -e {gate} && echo second saw it; {Obedient}") with { DependsOn = ["first"] };
        var running = RunAsync(TimeProvider.System, first, second);

        await Eventually.ContainsAsync(_output, "second   | second saw it");
        await Eventually.TrueAsync(() => _ready, () => _output.Text);
        await _stop.CancelAsync();
        await running;

        Position("first is ready").ShouldBeLessThan(Position("second is ready"));
    }

    [Fact]
    public async Task Run_ProcessCrashes_IsStartedAgainLaterAndLater()
    {
        var time = new FakeTimeProvider();
        var running = RunAsync(time, Of("crashing", "echo started; exit 3") with { Ready = new FileProbe("/nowhere") });

        await Eventually.ContainsAsync(_output, "crashing ended by itself (exit code 3). It is started again in 0.5 s.");
        await Task.Delay(TimeSpan.FromSeconds(0.7), TestContext.Current.CancellationToken);
        Count("| started").ShouldBe(1); // our clock has not moved

        foreach (var wait in new[] { "1 s", "2 s", "4 s", "8 s", "10 s" })
        {
            await Eventually.TrueAsync(() => _output.Text.Contains($"again in {wait}.", StringComparison.Ordinal), () => _output.Text, () => time.Advance(TimeSpan.FromSeconds(0.25)));
        }

        Count("| started").ShouldBe(6);
        await _stop.CancelAsync();
        (await running).ShouldBe(ExitCodes.Stopped);
    }

    [Fact]
    public async Task Run_ProcessKilled_SaysWhichSignal()
    {
        var running = RunAsync(TimeProvider.System, Of("victim", "kill -9 $$"));

        await Eventually.ContainsAsync(_output, "victim ended by itself (signal 9)");
        await _stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Run_ConfigurationIsWrong_StopsAllAndShowsTheLastLines()
    {
        var code = await RunAsync(TimeProvider.System, Of("fine", Obedient), Of("wrong", $"echo 'Store:Port is missing' >&2; exit {ExitCodes.Configuration}") with { Ready = new FileProbe("/nowhere") });

        code.ShouldBe(ExitCodes.Configuration);
        _output.Text.ShouldContain("wrong cannot run with this configuration. Its last lines:\n  Store:Port is missing");
        _output.Text.ShouldContain("fine stopped.");
        Count("started again").ShouldBe(0);
    }

    [Fact]
    public async Task Run_CommandCannotBePrepared_SaysWhyWithoutStack()
    {
        var code = await RunAsync(TimeProvider.System, Of("first", "") with { Command = _ => throw new AppHostException("install it") });

        code.ShouldBe(ExitCodes.Failed);
        _output.Text.ShouldContain("install it");
        _output.Text.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Run_ProcessIgnoresTheStop_IsKilledAfterItsShare()
    {
        var pid = _home.In("pid");
        var time = new FakeTimeProvider();
        var running = RunAsync(time, Of("stubborn", $"trap '' TERM INT; echo $$ >{pid}; while :; do sleep 0.1; done"));
        await Eventually.TrueAsync(() => _ready && File.Exists(pid), () => _output.Text);

        await _stop.CancelAsync();
        await Eventually.TrueAsync(() => running.IsCompleted, () => _output.Text, () => time.Advance(TimeSpan.FromSeconds(1)));

        (await running).ShouldBe(ExitCodes.Stopped);
        _output.Text.ShouldContain("stubborn did not end within 10 s and was killed.");
        Directory.Exists($"/proc/{(await File.ReadAllTextAsync(pid, TestContext.Current.CancellationToken)).Trim()}").ShouldBeFalse();
    }

    [Fact]
    public async Task Run_SecondStop_KillsAtOnce()
    {
        var running = RunAsync(new FakeTimeProvider(), Of("stubborn", "while :; do sleep 0.1; done"));
        await Eventually.TrueAsync(() => _ready, () => _output.Text);

        await _stop.CancelAsync();
        await _kill.CancelAsync();

        (await running).ShouldBe(ExitCodes.Stopped);
        _output.Text.ShouldContain("stubborn was killed.");
    }

    [Fact]
    public async Task Run_Environment_IsSetAndRemoved()
    {
        var running = RunAsync(TimeProvider.System, Of("env", $"echo \"A=$A PATH=${{PATH:+set}} HOME=${{HOME-unset}}\"; {Obedient}") with { Environment = new Dictionary<string, string?> { ["A"] = "1", ["HOME"] = null } });

        await Eventually.ContainsAsync(_output, "| A=1 PATH=set HOME=unset");
        await _stop.CancelAsync();
        await running;
    }

    private static Resource Of(string name, string script) => new(name, Colour.Green, _ => Task.FromResult<IReadOnlyList<string>>(["/bin/sh", "-c", script]), new AlwaysReady());

    private async Task<int> RunAsync(TimeProvider time, params Resource[] inventory)
    {
        await using var log = _output.LogStream();
        return await new Supervisor(inventory, log, time).RunAsync(
            (_, _) =>
            {
                _ready = true;
                return Task.CompletedTask;
            }, _stop.Token, _kill.Token);
    }

    private int Position(string text)
    {
        var position = _output.Text.IndexOf(text, StringComparison.Ordinal);
        position.ShouldBeGreaterThan(-1, $"no '{text}' in:\n{_output.Text}");
        return position;
    }

    private int Count(string text) => _output.Lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    private sealed class AlwaysReady : IReadyProbe
    {
        public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => Task.FromResult(true);
    }

    private sealed class FileProbe(string path) : IReadyProbe
    {
        public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => Task.FromResult(File.Exists(path));
    }
}
