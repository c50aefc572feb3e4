namespace KubeLens.Testing.Tests.Kubectl;

public sealed class KubectlTests(TestCluster cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OfWhatIsNotThere_GivesExitCodeAndError()
    {
        var kubectl = (await cluster.RequireAsync(Token)).Kubectl("admin");

        var result = await kubectl.RunAsync(["get", "configmap", "not-there"], Token);

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("NotFound");
    }

    [Fact]
    public async Task Start_OfAWatch_GivesLinesAsTheyCome()
    {
        var kubectl = (await cluster.RequireAsync(Token)).Kubectl("admin");
        var name = $"watched-{Guid.NewGuid():N}";
        await using var watch = kubectl.Start("get", "configmap", "--watch-only", "--output", "name", "--field-selector", $"metadata.name={name}");
        await Eventually.SucceedsAsync(
            async () =>
            {
                // The watch may not have begun yet when the first one is made.
                (await kubectl.RunAsync(["create", "configmap", name], Token)).Require();
                await kubectl.RunAsync(["delete", "configmap", name], Token);
                watch.Lines.ShouldContain($"configmap/{name}");
            },
            Token);
    }

    [Fact]
    public async Task StartOnTerminal_WithInput_GivesATerminalAndTheExitCode()
    {
        // A stand-in for kubectl that says whether it has a terminal.
        using var folder = new TempFolder();
        var program = folder["kubectl"];
        await File.WriteAllTextAsync(program, "#!/bin/sh\ntest -t 0 && test -t 1 && printf 'ready> '\nread line\necho \"got $line, $4\"\nexit 3\n", Token);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var terminal = new KubeLens.Testing.Kubectl(program, "none", folder.Path).StartOnTerminal("exec", "it's");

        await terminal.WaitForTextAsync("ready> ", Token);
        await terminal.Input.WriteLineAsync("hello");
        await terminal.Input.FlushAsync(Token);

        (await terminal.WaitForExitAsync(Token)).ShouldBe(3);
        terminal.StandardOutput.ShouldContain("got hello, it's");
    }

    [Fact]
    public async Task StartOnTerminal_Exec_RunsAShellInThePod()
    {
        var kubectl = (await cluster.RequireNodeAsync(Token)).Kubectl("admin");
        var name = $"shell-{Guid.NewGuid():N}"[..20];
        (await kubectl.RunAsync(["apply", "-f", "-"], Token, $$$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: {{{name}}}}
            spec:
              hostNetwork: true
              terminationGracePeriodSeconds: 0
              containers: [{name: main, image: "localhost/test/busybox:1", command: [sleep, "3600"]}]
            """)).Require();
        try
        {
            (await kubectl.RunAsync(["wait", "--for=condition=Ready", $"pod/{name}", "--timeout=60s"], Token, deadline: TimeSpan.FromMinutes(1.5))).Require();
            await using var terminal = kubectl.StartOnTerminal("exec", "-it", name, "--", "sh");
            await terminal.WaitForTextAsync("# ", Token);
            await terminal.Input.WriteLineAsync("test -t 0 && echo answer=$((6*7)); exit 7");
            await terminal.Input.FlushAsync(Token);

            (await terminal.WaitForExitAsync(Token)).ShouldBe(7);
            terminal.StandardOutput.ShouldContain("answer=42");
        }
        finally
        {
            await kubectl.RunAsync(["delete", "pod", name, "--wait=false"], CancellationToken.None);
        }
    }
}
