using System.Buffers.Text;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Proxy;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Identity.Modes;

public sealed class PassthroughTests(PassthroughTests.Fixture gateway) : IClassFixture<PassthroughTests.Fixture>
{
    private const string Protocol = "base64url.bearer.authorization.k8s.io.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_WithAToken_GoesOnWithItAndIsItsUsers()
    {
        gateway.Server.Users["janes-own"] = """{"username":"jane","groups":["dev","system:authenticated"]}""";
        using var client = gateway.WithToken("janes-own");
        using var response = await client.GetAsync("/api/v1/namespaces/passed", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Server.Last["Authorization"].ShouldBe(["Bearer janes-own"]);
        gateway.Server.Last.Keys.ShouldNotContain(key => key.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase));
        var call = await gateway.Sink.SingleAsync(c => c.Name == "passed", Cancel);
        (call.User, call.Caller, call.UserSource).ShouldBe(("jane", "jane", "token-review"));
        call.Groups.ShouldBe(["dev", "system:authenticated"]);
    }

    [Fact]
    public async Task Call_WithOnlyTheIssuedCertificate_Is401ThatSaysATokenIsNeeded()
    {
        using var client = gateway.Client();
        using var response = await client.GetAsync("/version", Cancel);

        (await response.ShouldBeStatusAsync(401, "Unauthorized")).ShouldContain("A token of the cluster is needed");
    }

    [Fact]
    public async Task Call_WithCertificateAndToken_IsTheTokens()
    {
        gateway.Server.Users["tokens"] = """{"username":"by-token"}""";
        using var client = gateway.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "tokens");
        using var response = await client.GetAsync("/api/v1/namespaces/both", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.Sink.SingleAsync(c => c.Name == "both", Cancel)).Caller.ShouldBe("by-token");
    }

    [Fact]
    public async Task Call_ActingAsSomebody_GoesOnForTheApiServerToDecide()
    {
        gateway.Server.Users["admins"] = """{"username":"admin"}""";
        using var client = gateway.WithToken("admins", HttpVersion.Version11);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces/acting");
        request.Headers.TryAddWithoutValidation("Impersonate-User", "bob");
        // Kestrel makes "close" of this line; what it names must go on all the same (CVE-2021-31999).
        request.Headers.TryAddWithoutValidation("Connection", "close, Impersonate-User");
        using var response = await client.SendAsync(request, Cancel);

        gateway.Server.Last["Impersonate-User"].ToString().ShouldBe("bob");
        var call = await gateway.Sink.SingleAsync(c => c.Name == "acting", Cancel);
        (call.User, call.ImpersonatedUser).ShouldBe(("admin", "bob"));
    }

    [Fact]
    public async Task Calls_WithOneTokenAtOnce_AreReviewedOnce()
    {
        var token = $"shared-{Guid.NewGuid():n}";
        gateway.Server.Users[token] = """{"username":"jane"}""";
        using var client = gateway.WithToken(token);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ => (await client.GetAsync("/version", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK)));

        gateway.Server.Reviewed.Count(reviewed => reviewed == token).ShouldBe(1);
    }

    [Fact]
    public async Task Call_ClientLeavesDuringTheReview_IsRecordedSo()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Upstream.Script = async context =>
        {
            asked.TrySetResult();
            await answer.Task;
            await gateway.Server.AnswerAsync(context);
        };
        try
        {
            using var client = gateway.WithToken("slow");
            using var leaves = new CancellationTokenSource();
            var call = client.GetAsync("/api/v1/namespaces/impatient", leaves.Token);
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
            await leaves.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => call);

            var record = await gateway.Sink.SingleAsync(c => c.Name == "impatient", Cancel);
            (record.Status, record.Outcome).ShouldBe((499, CallOutcome.ClientLeft));
        }
        finally
        {
            answer.SetResult();
            gateway.Upstream.Script = gateway.Server.AnswerAsync;
        }
    }

    [Fact]
    public async Task Call_ReviewFails_Is503AndNot401()
    {
        gateway.Server.ReviewsFailWith = 403;
        try
        {
            using var client = gateway.WithToken("whose");
            using var response = await client.GetAsync("/version", Cancel);

            (await response.ShouldBeStatusAsync(503, "ServiceUnavailable")).ShouldContain("system:auth-delegator");
            response.Headers.RetryAfter.ShouldNotBeNull();
        }
        finally
        {
            gateway.Server.ReviewsFailWith = 0;
        }
    }

    /// <summary>WebSocket exec came with 1.29: the upstream is scripted. Browsers can send a token only this way.</summary>
    [Fact]
    public async Task WebSocket_TokenAsProtocol_CountsGoesOnAsAHeaderAndIsNeverRecorded()
    {
        const string Token = "a-browsers-token";
        gateway.Server.Users[Token] = """{"username":"browser"}""";
        var encoded = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Token));
        IHeaderDictionary? seen = null;
        gateway.Upstream.Script = async context =>
        {
            if (!context.Request.Path.StartsWithSegments("/api/v1/namespaces"))
            {
                await gateway.Server.AnswerAsync(context);
                return;
            }

            seen = new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)); // the server clears its own
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.Connection = "Upgrade";
            context.Response.Headers.SecWebSocketProtocol = "v5.channel.k8s.io";
            context.Response.Headers.SecWebSocketAccept = Accept(seen.SecWebSocketKey.ToString());
            await using var stream = await context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature>()!.UpgradeAsync();
        };
        try
        {
            using var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol(Protocol + encoded);
            socket.Options.AddSubProtocol("v5.channel.k8s.io");
            using var handler = gateway.Handler(withCertificate: false);
            using var invoker = new HttpMessageInvoker(handler);
            await socket.ConnectAsync(new Uri($"wss://127.0.0.1:{gateway.Address.Port}/api/v1/namespaces/browser/pods/p/exec"), invoker, Cancel);

            socket.SubProtocol.ShouldBe("v5.channel.k8s.io");
        }
        finally
        {
            gateway.Upstream.Script = gateway.Server.AnswerAsync;
        }

        seen!.Authorization.ToString().ShouldBe($"Bearer {Token}");
        seen.SecWebSocketProtocol.ToString().ShouldBe("v5.channel.k8s.io");
        var call = await gateway.Sink.SingleAsync(c => c.Namespace == "browser", Cancel);
        call.User.ShouldBe("browser");
        call.RequestHeaders.SelectMany(header => header.Values).ShouldNotContain(value => value.Contains(Token) || value.Contains(encoded));
        string.Join('\n', gateway.Process.Lines).ShouldNotContain(Token);
    }

#pragma warning disable CA5350 // RFC 6455 has no other hash.
    private static string Accept(string key) => Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350

    public sealed class Fixture() : ModeGateway("passthrough");
}
