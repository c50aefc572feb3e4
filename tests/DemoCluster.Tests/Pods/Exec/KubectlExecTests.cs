using KubeLens.DemoCluster.Tests.Access.Support;
using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.Pods.Exec;

public sealed class KubectlExecTests : IAsyncLifetime
{
    private DemoHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await DemoHost.StartAsync();
        _host.Create("Pod", Samples.SinglePod);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Exec_Command_PrintsAndEndsWithItsCode()
    {
        var good = await RunAsync("", "exec", "single", "--", "hostname");
        var bad = await RunAsync("", "exec", "single", "--", "sh", "-c", "echo to-out; nothing");

        (good.ExitCode, good.Output).ShouldBe((0, "single\n"), good.Error);
        (bad.ExitCode, bad.Output).ShouldBe((127, "to-out\n"));
        bad.Error.ShouldContain("sh: nothing: not found");
        bad.Error.ShouldContain("command terminated with exit code 127");
    }

    [Fact]
    public async Task Exec_WithInput_ReadsIt()
    {
        (await RunAsync("one\ntwo\n", "exec", "-i", "single", "--", "cat")).Output.ShouldBe("one\ntwo\n");
        var script = await RunAsync("whoami\nexit 5\n", "exec", "-i", "single", "--", "sh");
        (script.ExitCode, script.Output).ShouldBe((5, "root\n"));
    }

    [Fact]
    public async Task Exec_OnATerminal_IsAShell()
    {
        await using var terminal = _host.Kubectl().StartOnTerminal("--namespace", "shop", "exec", "-it", "single", "--", "sh");
        await terminal.WaitForTextAsync("/ # ", TestContext.Current.CancellationToken);
        await terminal.Input.WriteAsync("id\r".AsMemory(), TestContext.Current.CancellationToken);
        await terminal.Input.FlushAsync(TestContext.Current.CancellationToken);
        await terminal.WaitForTextAsync("uid=0(root)", TestContext.Current.CancellationToken);
        await terminal.Input.WriteAsync("exit 3\r".AsMemory(), TestContext.Current.CancellationToken);
        await terminal.Input.FlushAsync(TestContext.Current.CancellationToken);

        (await terminal.WaitForExitAsync(TestContext.Current.CancellationToken)).ShouldBe(3);
    }

    [Fact]
    public async Task Attach_PrintsWhatTheContainerGoesOnToPrint()
    {
        await using var attached = _host.Kubectl().Start("--namespace", "shop", "attach", "single");

        (await attached.WaitForLineAsync(line => line.Contains("msg=request", StringComparison.Ordinal), TestContext.Current.CancellationToken)).ShouldStartWith("level=info");
    }

    [Fact]
    public async Task Logs_Followed_GoOn()
    {
        await using var logs = _host.Kubectl().Start("--namespace", "shop", "logs", "-f", "single");

        await logs.WaitForLineAsync(line => line.Contains("msg=request", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        logs.Lines[0].ShouldBe("level=info msg=\"main starts\" version=1.14.2");
    }

    private Task<ProcessResult> RunAsync(string input, params string[] arguments) =>
        _host.Kubectl().RunAsync(["--namespace", "shop", .. arguments], TestContext.Current.CancellationToken, input);
}
