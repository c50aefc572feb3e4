using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency.Operations;

/// <summary>What people do with a running pod: logs, shells, copies, forwarded ports, proxies.</summary>
internal static class PodOperations
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("pods-start", StartAsync),
        Run("logs", "logs main"),
        Run("logs-tail", "logs main --tail=1 --timestamps"),
        Run("logs-follow", "logs -f once"),
        Run("logs-previous", "logs main --previous"),
        Run("logs-no-container", "logs main -c nothing"),
        Run("exec", "exec main -- echo hello"),
        Run("exec-stderr", "exec main -- sh -c", "", "echo out; echo err >&2"),
        Run("exec-code", "exec main -- sh -c", "", "exit 3"),
        Run("exec-no-program", "exec main -- /nothing"),
        Run("exec-no-pod", "exec nothing -- true"),
        Run("exec-stdin", "exec -i main -- sha256sum", new string('x', 300_000)),
        Run("exec-much", "exec main -- sh -c", "", "seq 1 200000 | sha256sum; seq 1 20000"),
        new("exec-tty", TerminalAsync),
        Run("attach", "attach -i asks", "an answer\n"),
        new("port-forward", ForwardAsync),
        new("cp-in", CopyAsync),
        Run("cp-out", "cp {ns}/main:tmp/in {out}"),
        Run("node-proxy", "get --raw /api/v1/nodes/127.0.0.1/proxy/healthz"),
        Run("node-logs-404", "get --raw /api/v1/nodes/127.0.0.1/proxy/logs/nothing"),
        Run("pod-proxy", "get --raw /api/v1/namespaces/{ns}/pods/main:{port}/proxy/index.html"),
        Run("service-proxy", "get --raw /api/v1/namespaces/{ns}/services/front:http/proxy/index.html"),
        Run("delete-now", "delete pod once --now"),
        Run("delete-force", "delete pod main asks --force --grace-period=0"),
    ];

    private static Operation Run(string name, string arguments, string input = "", string? script = null) => new(name, async side =>
        Observation.Of(await side.Kubectl.RunAsync(["--namespace", side.Namespace, .. Words(arguments, side), .. script is null ? [] : new[] { script }], Cancel, input)));

    private static async Task<Observation> StartAsync(Side side)
    {
        var created = await side.Kubectl.RunAsync(["--namespace", side.Namespace, "create", "-f", "-"], Cancel, $$$"""
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Pod
              metadata: {name: main, labels: {app: front}}
              spec:
                {{{Common}}}
                containers: [{name: main, image: "localhost/test/busybox:1", imagePullPolicy: Never, command: [sh, -c, "mkdir -p /tmp/www; echo served > /tmp/www/index.html; httpd -p 127.0.0.1:{{{side.Port}}} -h /tmp/www; echo first; echo second; sleep 600"]}]
            - apiVersion: v1
              kind: Pod
              metadata: {name: once}
              spec:
                {{{Common}}}
                restartPolicy: Never
                containers: [{name: main, image: "localhost/test/busybox:1", imagePullPolicy: Never, command: [sh, -c, "for i in 1 2 3; do echo line $i; sleep 0.3; done"]}]
            - apiVersion: v1
              kind: Pod
              metadata: {name: asks}
              spec:
                {{{Common}}}
                restartPolicy: Never
                containers: [{name: main, image: "localhost/test/busybox:1", imagePullPolicy: Never, stdin: true, stdinOnce: true, command: [sh, -c, "read -r said; echo you said $said"]}]
            # Without endpoints: those of pods on the host's loopback are refused, so that the proxy's answer would depend on the moment.
            - apiVersion: v1
              kind: Service
              metadata: {name: front}
              spec: {ports: [{name: http, port: {{{side.Port}}} }]}
            """);
        created.Require();
        var ready = await side.Scene.Cluster.Kubectl("admin").RunAsync(["--namespace", side.Namespace, "wait", "--for=condition=Ready", "pod/main", "pod/asks", "--timeout=90s"], Cancel, deadline: TimeSpan.FromSeconds(100));
        // Not by this side's own client: how often it would ask depends on the machine.
        var admin = side.Scene.Cluster.Kubectl("admin");
        await Eventually.Async(
            async () => await SaysAsync("once", "line 1") && await SaysAsync("main", "second"),
            Cancel,
            TimeSpan.FromSeconds(60),
            "the pods speak");
        return new Observation().With("created", created.Output + created.Error).With("ready", ready.Output + ready.Error);

        async Task<bool> SaysAsync(string pod, string text) =>
            (await admin.RunAsync(["--namespace", side.Namespace, "logs", pod], Cancel)).Output.Contains(text, StringComparison.Ordinal);
    }

    private static async Task<Observation> TerminalAsync(Side side)
    {
        await using var shell = side.Kubectl.StartOnTerminal("--namespace", side.Namespace, "exec", "-it", "main", "--", "sh", "-c", "stty size >/dev/null 2>&1; printf 'ready> '; read -r word; echo \"got $word\"; tty >/dev/null && echo terminal; exit 5");
        await shell.WaitForTextAsync("ready> ", Cancel);
        await shell.Input.WriteAsync("hello\r");
        await shell.Input.FlushAsync(Cancel);
        var code = await shell.WaitForExitAsync(Cancel);
        return new Observation().With("exit code", $"{code}").With("terminal", shell.StandardOutput);
    }

    private static async Task<Observation> ForwardAsync(Side side)
    {
        await using var forward = side.Kubectl.Start("--namespace", side.Namespace, "port-forward", "pod/main", $":{side.Port}");
        var line = await forward.WaitForLineAsync(text => text.StartsWith("Forwarding from 127.0.0.1:", StringComparison.Ordinal), Cancel);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{line.Split(' ')[2]}") };
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => http.GetStringAsync("/index.html", Cancel)));
        forward.Signal(Signals.Interrupt);
        await forward.WaitForExitAsync(Cancel);
        return new Observation().With("answers", string.Concat(answers)).With("stderr", forward.StandardError);
    }

    private static async Task<Observation> CopyAsync(Side side)
    {
        var file = side.File("cp-source");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Range(0, 50_000)), Cancel);
        var copied = Observation.Of(await side.Kubectl.RunAsync(["--namespace", side.Namespace, "cp", file, $"{side.Namespace}/main:/tmp/in"], Cancel));
        var there = await side.Kubectl.RunAsync(["--namespace", side.Namespace, "exec", "main", "--", "sha256sum", "/tmp/in"], Cancel);
        return copied.With("sum", there.Output + there.Error);
    }

    private static IEnumerable<string> Words(string arguments, Side side) => arguments.Split(' ').Select(word => word
        .Replace("{ns}", side.Namespace, StringComparison.Ordinal)
        .Replace("{port}", $"{side.Port}", StringComparison.Ordinal)
        .Replace("{out}", side.File("cp-out"), StringComparison.Ordinal));

    private const string Common = "hostNetwork: true\n    automountServiceAccountToken: false\n    terminationGracePeriodSeconds: 0\n    enableServiceLinks: false";
}
