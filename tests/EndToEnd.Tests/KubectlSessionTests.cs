using System.Net;
using System.Net.Sockets;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.EndToEnd.Tests.Transparency;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>A real kubectl's exec, attach and port-forward through a gateway to a real node: what their records say.</summary>
public sealed class KubectlSessionTests(TestCluster cluster) : IAsyncLifetime
{
    private const string Canary = "CANARYcanary7";

    private readonly string _run = $"session-{Guid.NewGuid():N}"[..16];
    private ClusterAccess? _access;
    private TransparentGateway? _gateway;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _access = await cluster.RequireAsync(Cancel);
        await cluster.RequireNodeAsync(Cancel);
        var admin = _access.Kubectl("admin");
        (await admin.RunAsync(["create", "namespace", _run], Cancel)).Require();
        await Eventually.Async(async () => (await admin.RunAsync(["get", "serviceaccount", "default", "--namespace", _run], Cancel)).ExitCode == 0, Cancel, what: "the namespace's service account");
        (await admin.RunAsync(["create", "--namespace", _run, "-f", "-"], Cancel, """
            apiVersion: v1
            kind: Pod
            metadata: {name: box}
            spec:
              hostNetwork: true
              terminationGracePeriodSeconds: 0
              containers: [{name: main, image: "localhost/test/busybox:1", imagePullPolicy: Never, stdin: true, command: [sh, -c, "while read line; do echo got $line; done; sleep 3600"]}]
            """)).Require();
        (await admin.RunAsync(["wait", "--for=condition=Ready", "pod/box", "--timeout=60s", "--namespace", _run], Cancel, deadline: TimeSpan.FromSeconds(70))).Require();
        _gateway = await TransparentGateway.StartAsync(
            _access.Kubeconfig("admin"), "credential", Cancel,
            ("Capture__Policy__0__Level", "request-response"), ("Capture__Policy__0__Recording", "output"), ("Capture__Policy__0__Resources__0", "pods/exec"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_access is not null)
        {
            await _access.Kubectl("admin").RunAsync(["delete", "namespace", _run, "--wait=false"], CancellationToken.None);
        }
    }

    [Fact]
    public async Task Exec_WithInputErrorsAndExitCode_IsReadAndRecorded()
    {
        var result = await Kubectl.RunAsync(["exec", "-i", "box", "--namespace", _run, "--", "sh", "-c", $"cat; echo token={Canary}; echo wrong >&2; exit 3"], Cancel, "typed\n");
        result.ExitCode.ShouldBe(3);

        var call = await CallAsync("exec");
        var session = call.Session;
        (session.Kind, session.Container, session.IsTty, session.Result, session.ExitCode, session.Undecoded).ShouldBe(("exec", "main", false, "failure", 3, ""));
        session.Streams.ShouldBe(["stdin", "stdout", "stderr"]);
        session.Protocol.ShouldContain("v4.channel.k8s.io");
        (session.InputBytes, session.OutputBytes, session.ErrorBytes).ShouldBe((6, 6 + "token=".Length + Canary.Length + 1, 6));
        session.Recorded.ShouldBe("output");
        var cast = Encoding.UTF8.GetString(call.ResponseBody.Content.Span);
        cast.ShouldStartWith("{\"version\":2,");
        cast.ShouldContain("typed\\n");
        cast.ShouldContain("wrong\\n");
        cast.ShouldContain("token=<redacted>");
        cast.ShouldNotContain(Canary);
        session.Command.ShouldAllBe(word => !word.Contains(Canary, StringComparison.Ordinal));
        NothingKept(Canary);
    }

    [Fact]
    public async Task Exec_OnATerminal_HasItsSizeAndEndsWell()
    {
        await using var shell = Kubectl.StartOnTerminal("exec", "-it", "box", "--namespace", _run, "--", "sh");
        await shell.Input.WriteLineAsync("echo awake-$((6*7))".AsMemory(), Cancel);
        await shell.WaitForLineAsync(line => line.Contains("awake-42", StringComparison.Ordinal), Cancel);
        await shell.Input.WriteLineAsync("exit".AsMemory(), Cancel);
        await shell.WaitForExitAsync(Cancel);

        var call = await CallAsync("exec");
        (call.Session.IsTty, call.Session.Result, call.Session.ExitCode).ShouldBe((true, "success", 0));
        call.Session.Undecoded.ShouldBeOneOf("", "it ended within a frame"); // kubectl leaves at once, now and then amid a frame of its own
        call.Session.Resizes.ShouldBeGreaterThan(0);
        call.Session.Command.ShouldBe(["sh"]);
        Encoding.UTF8.GetString(call.ResponseBody.Content.Span).ShouldContain("awake-42");
    }

    [Fact]
    public async Task Attach_WithInput_IsCountedAndNotRecorded()
    {
        await using (var attach = Kubectl.Start("attach", "-i", "box", "--namespace", _run))
        {
            await attach.Input.WriteLineAsync(Canary.AsMemory(), Cancel);
            await attach.WaitForLineAsync(line => line.Contains($"got {Canary}", StringComparison.Ordinal), Cancel);
        }

        var call = await CallAsync("attach");
        (call.Session.Kind, call.Session.Container, call.Session.InputBytes, call.Session.Recorded, call.ResponseBody.Content.Length).ShouldBe(("attach", "main", Canary.Length + 1, "", 0));
        call.Session.OutputBytes.ShouldBeGreaterThanOrEqualTo("got \n".Length + Canary.Length);
        NothingKept(Canary);
    }

    [Fact]
    public async Task PortForward_OfTwoConnections_IsCountedAndNotKept()
    {
        var port = Ports.Free();
        await using var listener = _access!.Kubectl("admin").Start("exec", "box", "--namespace", _run, "--", "sh", "-c", $"mkdir -p /tmp/www; echo {Canary} > /tmp/www/said; httpd -f -p 127.0.0.1:{port} -h /tmp/www");
        await Eventually.Async(() => AnswersAsync(port), Cancel, what: "the pod's port, which is the node's"); // kubectl ends at the first refusal
        var local = Ports.Free();
        await using (var forward = Kubectl.Start("port-forward", "pod/box", $"{local}:{port}", "--namespace", _run))
        {
            await forward.WaitForLineAsync(line => line.StartsWith("Forwarding from", StringComparison.Ordinal), Cancel);
            for (var i = 0; i < 2; i++)
            {
                await Eventually.Async(() => AnswersAsync(local), Cancel, what: "an answer through the port");
            }
        }

        var session = (await CallAsync("portforward")).Session;
        (session.Kind, session.Ports.ShouldHaveSingleItem(), session.Recorded).ShouldBe(("portforward", $"{port}", ""));
        session.Connections.ShouldBeGreaterThanOrEqualTo(2);
        session.InputBytes.ShouldBeGreaterThanOrEqualTo(2 * Canary.Length);
        session.OutputBytes.ShouldBeGreaterThanOrEqualTo(2 * Canary.Length);
        NothingKept(Canary);
    }

    private Kubectl Kubectl => _access!.KubectlWith(_gateway!.Issued);

    private Task<CallRecord> CallAsync(string subresource) => _gateway!.Sink.SingleAsync(call => call.Namespace == _run && call.Subresource == subresource && call.Status == 101, Cancel);

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, Cancel);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /said?{Canary} HTTP/1.0\r\n\r\n"), Cancel);
            using var answer = new StreamReader(client.GetStream(), Encoding.ASCII);
            return (await answer.ReadToEndAsync(Cancel)).EndsWith($"{Canary}\n", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return false; // nobody listens yet
        }
    }

    private void NothingKept(string text)
    {
        foreach (var file in Directory.GetFiles(_gateway!.File(""), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lease"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Encoding.Latin1.GetString(copy.ToArray()).ShouldNotContain(text, Case.Sensitive, file);
        }

        _gateway.Process.Lines.ShouldAllBe(line => !line.Contains(text, StringComparison.Ordinal));
    }
}
