using System.Net.WebSockets;
using KubeLens.DemoCluster.Tests.Access.Support;

namespace KubeLens.DemoCluster.Tests.Pods.Exec;

public sealed class ExecStreamTests : IAsyncLifetime
{
    private const string Exec = "single/exec?stdout=true&stderr=true";

    private DemoHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await DemoHost.StartAsync();
        _host.Create("Pod", Samples.Pod);
        _host.Create("Pod", Samples.SinglePod);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("v4.channel.k8s.io")]
    [InlineData("v5.channel.k8s.io")]
    public async Task Command_Runs_AndItsStreamsAreApart(string protocol)
    {
        using var client = await ExecClient.ConnectAsync(_host, $"{Exec}&command=sh&command=-c&command=echo+out%3B+cat+%2Fnone", protocol);

        client.Protocol.ShouldBe(protocol);
        var (output, error, status) = await client.ToEndAsync();
        output.ShouldBe("out\n");
        error.ShouldBe("cat: can't open '/none': No such file or directory\n");
        status.ToJsonString().ShouldBe("""{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: exit status 1","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"1"}]}}""");
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task Connected_FirstMessage_IsEmpty()
    {
        using var client = await ExecClient.ConnectAsync(_host, $"{Exec}&command=true");

        (await client.ReceiveAsync()).ShouldBe((1, ""));
        (await client.ToEndAsync()).Status.ToJsonString().ShouldBe("""{"metadata":{},"status":"Success"}""");
    }

    [Fact]
    public async Task Stdin_ClosedInV5_IsTheEndOfTheInput()
    {
        using var client = await ExecClient.ConnectAsync(_host, $"{Exec}&stdin=true&command=wc&command=-l");
        await client.TypeAsync("a\nb\n");
        await client.TypeAsync("c\n");
        await client.SendAsync([255, 0]);

        (await client.ToEndAsync()).Output.ShouldBe("3\n");
    }

    [Fact]
    public async Task Stdin_NotWanted_IsNotWaitedFor()
    {
        using var client = await ExecClient.ConnectAsync(_host, $"{Exec}&stdin=true&command=hostname");

        (await client.ToEndAsync()).Output.ShouldBe("single\n");
    }

    [Fact]
    public async Task Script_LineByLine_IsAnsweredAtOnceAndEndsWithItsCode()
    {
        using var client = await ExecClient.ConnectAsync(_host, $"{Exec}&stdin=true&command=sh", "v4.channel.k8s.io");
        await client.TypeAsync("hostname\nwho");
        await client.UntilAsync("single\n");
        await client.TypeAsync("ami\nexit 4\n");

        var (output, _, status) = await client.ToEndAsync();
        output.ShouldBe("root\n");
        ((string)status["details"]!["causes"]![0]!["message"]!).ShouldBe("4");
    }

    [Fact]
    public async Task Terminal_TypedKeys_AreEchoedWithPromptAndEditing()
    {
        using var client = await ExecClient.ConnectAsync(_host, "single/exec?stdin=true&stdout=true&tty=true&command=bash");
        await client.UntilAsync("/ # ");
        await client.SendAsync([4, .. """{"Width":80,"Height":24}"""u8]);
        await client.TypeAsync("cd /etx\u007fc\r");
        (await client.UntilAsync("/etc # ")).ShouldBe("cd /etx\b \bc\r\n/etc # ");
        await client.TypeAsync("garbage\u0003");
        await client.UntilAsync("^C\r\n/etc # ");
        await client.TypeAsync("\u001b[Anone\r");
        (await client.UntilAsync("/etc # ")).ShouldBe("none\r\nsh: none: not found\r\n/etc # ");
        await client.TypeAsync("\u0004");

        var (output, _, status) = await client.ToEndAsync();
        output.ShouldBe("exit\r\n");
        ((string)status["details"]!["causes"]![0]!["message"]!).ShouldBe("127");
    }

    [Fact]
    public async Task Client_Leaves_TheShellEnds()
    {
        using (var client = await ExecClient.ConnectAsync(_host, "single/exec?stdin=true&stdout=true&tty=true&command=sh"))
        {
            await client.UntilAsync("# ");
        }

        // Stopping waits for what still runs.
        await _host.StopAsync().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("single/exec?command=ls&stdout=1", "SPDY/3.1", "", "unable to upgrade to SPDY/3.1: this cluster speaks WebSocket only")]
    [InlineData("single/exec?command=ls&stdout=1", "", "", "Upgrade request required")]
    [InlineData("single/exec?command=ls&stdout=1", "websocket", "v1.channel.k8s.io", "none of the protocols [v1.channel.k8s.io] is spoken here")]
    [InlineData("single/exec?command=ls", "websocket", "v5.channel.k8s.io", "you must specify at least 1 of stdin, stdout, stderr")]
    [InlineData("single/exec?stdout=1", "websocket", "v5.channel.k8s.io", "you must specify at least one command for the container")]
    [InlineData("web/exec?command=ls&stdout=1", "websocket", "v5.channel.k8s.io", "a container name must be specified for pod web, choose one of: [app sidecar]")]
    public async Task Exec_CannotBegin_IsABadRequestThatSaysWhy(string query, string upgrade, string protocol, string problem)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/namespaces/shop/pods/{query}") { Version = new Version(1, 1) };
        if (upgrade.Length > 0)
        {
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Add("Upgrade", upgrade);
        }

        if (protocol.Length > 0)
        {
            request.Headers.Add("Sec-WebSocket-Version", "13");
            request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
            request.Headers.Add("Sec-WebSocket-Protocol", protocol);
        }

        using var answer = await _host.Client("alice@example.com").SendAsync(request, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(400);
        System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["message"]!.GetValue<string>().ShouldContain(problem);
    }
}
