using KubeLens.Contracts.Calls;
using KubeLens.EndToEnd.Tests.Transparency;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>A real kubectl's watches and shells: they end as an apiserver ends them, and only then.</summary>
public sealed class KubectlStreamTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly string _run = $"stream-{Guid.NewGuid():N}"[..15];
    private ClusterAccess? _access;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _access = await cluster.RequireAsync(Cancel);
        (await _access.Kubectl("admin").RunAsync(["create", "namespace", _run], Cancel)).Require();
    }

    public async ValueTask DisposeAsync()
    {
        if (_access is not null)
        {
            await _access.Kubectl("admin").RunAsync(["delete", "namespace", _run, "--wait=false"], CancellationToken.None);
        }
    }

    /// <summary>An apiserver ends a watch without an error; kubectl then ends, and says nothing.</summary>
    [Fact]
    public async Task GetWatch_OfAGatewayThatStops_EndsWithoutAnError()
    {
        await using var gateway = await TransparentGateway.StartAsync(_access!.Kubeconfig("admin"), "credential", Cancel);
        var watches = KubectlPrograms.All.Select(program => Kubectl(program, gateway).Start("get", "configmaps", "-w", "--namespace", _run, "--field-selector", "metadata.name=seen")).ToList();
        try
        {
            (await _access.Kubectl("admin").RunAsync(["create", "configmap", "seen", "--namespace", _run], Cancel)).Require();
            foreach (var watch in watches)
            {
                await watch.WaitForLineAsync(line => line.StartsWith("seen ", StringComparison.Ordinal), Cancel);
            }

            await gateway.StopAsync(Cancel);

            foreach (var watch in watches)
            {
                (await watch.WaitForExitAsync(Cancel)).ShouldBe(0, string.Join('\n', watch.Lines));
                watch.Lines.ShouldAllBe(line => line.StartsWith("NAME ", StringComparison.Ordinal) || line.StartsWith("seen ", StringComparison.Ordinal));
            }

            gateway.Sink.Matching(call => call.Namespace == _run && call.Verb == "watch").Select(call => call.Outcome).ShouldBe(watches.Select(_ => CallOutcome.Completed));
        }
        finally
        {
            foreach (var watch in watches)
            {
                await watch.DisposeAsync();
            }
        }
    }

    /// <summary>What resumes a watch by itself goes on when the gateway is back.</summary>
    [Fact]
    public async Task RolloutStatus_OverARestartOfTheGateway_SeesTheRolloutsEnd()
    {
        await cluster.RequireNodeAsync(Cancel);
        var admin = _access!.Kubectl("admin");
        (await admin.RunAsync(["create", "--namespace", _run, "-f", "-"], Cancel, """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: waits}
            spec:
              selector: {matchLabels: {app: waits}}
              template:
                metadata: {labels: {app: waits}}
                spec: {nodeSelector: {no-node: has-this}, containers: [{name: main, image: "localhost/test/pause:1"}]}
            """)).Require();
        await using var gateway = await TransparentGateway.StartAsync(_access.Kubeconfig("admin"), "credential", Cancel);
        await using var status = _access.KubectlWith(gateway.Issued).Start("rollout", "status", "deployment/waits", "--namespace", _run);
        await status.WaitForLineAsync(line => line.Contains("Waiting for deployment", StringComparison.Ordinal), Cancel);
        await gateway.StopAsync(Cancel);
        await gateway.StartAgainAsync(Cancel);
        await Eventually.Async(() => gateway.Sink.Matching(call => call.Namespace == _run && call.Verb == "watch").Count >= 1, Cancel, what: "the watch of before");
        (await admin.RunAsync(["scale", "deployment/waits", "--replicas=0", "--namespace", _run], Cancel)).Require();

        (await status.WaitForExitAsync(Cancel, TimeSpan.FromSeconds(60))).ShouldBe(0, string.Join('\n', status.Lines));
        status.Lines.ShouldContain(line => line.Contains("successfully rolled out", StringComparison.Ordinal));
        gateway.Sink.Matching(call => call.Namespace == _run && call.Verb == "watch")[0].Outcome.ShouldBe(CallOutcome.Completed);
    }

    /// <summary>Nothing on the way has an idle limit: ten minutes of silence end neither.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task WatchAndShell_IdleForTenMinutes_StillSpeak()
    {
        await cluster.RequireNodeAsync(Cancel);
        var admin = _access!.Kubectl("admin");
        await Eventually.Async(async () => (await admin.RunAsync(["get", "serviceaccount", "default", "--namespace", _run], Cancel)).ExitCode == 0, Cancel, what: "the namespace's service account");
        (await admin.RunAsync(["create", "--namespace", _run, "-f", "-"], Cancel, """
            apiVersion: v1
            kind: Pod
            metadata: {name: idle}
            spec:
              hostNetwork: true
              terminationGracePeriodSeconds: 0
              containers: [{name: main, image: "localhost/test/busybox:1", imagePullPolicy: Never, command: [sleep, "3600"]}]
            """)).Require();
        (await admin.RunAsync(["wait", "--for=condition=Ready", "pod/idle", "--timeout=60s", "--namespace", _run], Cancel, deadline: TimeSpan.FromSeconds(70))).Require();
        await using var gateway = await TransparentGateway.StartAsync(_access.Kubeconfig("admin"), "credential", Cancel);
        var kubectl = _access.KubectlWith(gateway.Issued);
        await using var watch = kubectl.Start("get", "configmaps", "-w", "--namespace", _run, "--field-selector", "metadata.name=late");
        await using var shell = kubectl.StartOnTerminal("exec", "-it", "idle", "--namespace", _run, "--", "sh");
        await shell.Input.WriteLineAsync("echo awake-$((6*7))".AsMemory(), Cancel);
        await shell.WaitForLineAsync(line => line.Contains("awake-42", StringComparison.Ordinal), Cancel);

        await Task.Delay(TimeSpan.FromMinutes(10), Cancel);

        watch.HasExited.ShouldBeFalse(string.Join('\n', watch.Lines));
        (await admin.RunAsync(["create", "configmap", "late", "--namespace", _run], Cancel)).Require();
        await watch.WaitForLineAsync(line => line.StartsWith("late ", StringComparison.Ordinal), Cancel);
        await shell.Input.WriteLineAsync("echo still-$((6*8)) && exit 3".AsMemory(), Cancel);
        await shell.WaitForLineAsync(line => line.Contains("still-48", StringComparison.Ordinal), Cancel);
        (await shell.WaitForExitAsync(Cancel)).ShouldBe(3);
        watch.Signal(Signals.Interrupt);
        await watch.WaitForExitAsync(Cancel);
        (await gateway.Sink.SingleAsync(call => call.Namespace == _run && call.Subresource == "exec" && call.Status == 101, Cancel)).LatencyUs.ShouldBeGreaterThan(600_000_000);
    }

    private static Kubectl Kubectl(KubectlProgram program, TransparentGateway gateway) => new(program.Path, gateway.Issued, gateway.File($"home-{program.Minor}"));
}
