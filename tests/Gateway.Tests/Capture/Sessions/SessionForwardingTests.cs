using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Proxy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Tests.Capture.Sessions;

/// <summary>Captured conversations played through a real gateway: what its records say, and that nothing of what passed is anywhere else.</summary>
public sealed class SessionForwardingTests : IAsyncLifetime
{
    private readonly GatewayUnderTest _gateway = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _gateway.Settings["Capture__Policy__0__Level"] = "request-response";
        _gateway.Settings["Capture__Policy__0__Recording"] = "output";
        _gateway.Settings["Capture__Policy__0__Namespaces__0"] = "recorded";
        return _gateway.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Exec_WithoutARule_KeepsFactsAndNoContent()
    {
        var call = await PlayAsync("plain", "exec?command=sh&command=-c&command=exit&container=main&stdin=true&stdout=true&stderr=true", "spdy-exec");

        var session = call.Session;
        (session.Kind, session.Container, session.Protocol, session.Result, session.ExitCode).ShouldBe(("exec", "main", "SPDY/3.1+v4.channel.k8s.io", "failure", 3));
        session.Command.ShouldBe(["sh", "-c", "exit"]);
        (session.InputBytes, session.OutputBytes, session.ErrorBytes, session.Undecoded, session.Recorded).ShouldBe((6, 6, 10, "", ""));
        (call.ResponseBody.Content.Length, call.ResponseBody.Note, call.RequestBody.Content.Length).ShouldBe((0, CallBodyNote.NotCaptured, 0));
        NothingKept("typed"); // an apiserver of 1.20 repeats the command, and so to-stderr, in its reason
    }

    [Fact]
    public async Task Exec_WithARule_IsRecordedWithoutItsSecrets()
    {
        var call = await PlayAsync("recorded", "exec?command=sh&tty=true&stdin=true&stdout=true", "spdy-terminal");

        (call.Session.Recorded, call.Session.Columns, call.Session.Rows, call.Session.IsTty).ShouldBe(("output", 120, 40, true));
        call.ResponseBody.Note.ShouldBe(CallBodyNote.Whole);
        call.ResponseBody.RedactedValues.ShouldBe(1);
        call.ResponseBody.Text().ShouldBe("^@token=<redacted>\r\nhéllo\r\n");
        call.ResponseBody.Lines()[0].ShouldContain("\"width\":120,\"height\":40");
        NothingKept("CANARY");
    }

    [Fact]
    public async Task PortForward_InARecordedNamespace_IsNotRecorded()
    {
        var call = await PlayAsync("recorded", "portforward", "spdy-portforward");

        (call.Session.Kind, call.Session.Ports.ShouldHaveSingleItem(), call.Session.Connections, call.Session.InputBytes, call.Session.Recorded).ShouldBe(("portforward", "18555", 1, 16, ""));
        call.ResponseBody.Content.Length.ShouldBe(0);
        NothingKept("CANARY");
    }

    [Fact]
    public async Task Exec_OfBytesThatAreNoProtocol_PassesUnchanged()
    {
        var call = await PlayAsync("odd", "exec?command=sh", "websocket-v4");

        call.Session.Undecoded.ShouldNotBeEmpty();
        call.Session.Protocol.ShouldBe("SPDY/3.1+v4.channel.k8s.io");
    }

    [Fact]
    public async Task Exec_ThatIsRefused_HasWhatWasAskedFor()
    {
        _gateway.Upstream.Script = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync("""{"kind":"Status","reason":"Forbidden"}""");
        };
        await using var connection = await RawConnection.OpenAsync(_gateway, Cancel);
        (await connection.SendAsync(Request("refused", "exec?command=ls&stdout=true"), Cancel)).ShouldStartWith("HTTP/1.1 403");

        var session = (await _gateway.Sink.SingleAsync(call => call.Namespace == "refused", Cancel)).Session;
        (session.Kind, session.Command.ShouldHaveSingleItem(), session.Protocol, session.ExitCode).ShouldBe(("exec", "ls", "", null));
    }

    // The client's bytes are sent whole; the upstream answers when it has them, and both see exactly what was sent.
    private async Task<CallRecord> PlayAsync(string ns, string target, string golden)
    {
        var (client, server) = (SessionHarness.Golden($"{golden}.client"), SessionHarness.Golden($"{golden}.server"));
        var received = new byte[client.Length];
        _gateway.Upstream.Script = async context =>
        {
            context.Response.Headers.Upgrade = "SPDY/3.1";
            context.Response.Headers["X-Stream-Protocol-Version"] = "v4.channel.k8s.io";
            await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
            await stream.ReadExactlyAsync(received);
            await stream.WriteAsync(server);
        };
        await using var connection = await RawConnection.OpenAsync(_gateway, Cancel);
        (await connection.SendAsync(Request(ns, target), Cancel)).ShouldStartWith("HTTP/1.1 101");
        var answer = await connection.SendAsync(Encoding.Latin1.GetString(client), Cancel);
        for (string more; (more = await connection.SendAsync("", Cancel)).Length > 0;)
        {
            answer += more;
        }

        received.ShouldBe(client);
        Encoding.Latin1.GetBytes(answer).ShouldBe(server);
        return await _gateway.Sink.SingleAsync(call => call.Namespace == ns, Cancel);
    }

    private void NothingKept(params string[] texts)
    {
        var kept = Directory.GetFiles(_gateway.Home.Path, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lease").Select(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return Encoding.Latin1.GetString(copy.ToArray());
        }).Append(string.Join('\n', _gateway.Process.Lines)).ToList();
        kept.Count.ShouldBeGreaterThan(1);
        foreach (var text in texts)
        {
            kept.ShouldAllBe(content => !content.Contains(text, StringComparison.Ordinal), text);
        }
    }

    private static string Request(string ns, string target) =>
        $"POST /api/v1/namespaces/{ns}/pods/p/{target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\nContent-Length: 0\r\n\r\n";
}
