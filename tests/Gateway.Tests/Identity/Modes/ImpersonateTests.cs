using System.Net;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Proxy;

namespace KubeLens.Gateway.Tests.Identity.Modes;

public sealed class ImpersonateTests(ImpersonateTests.Fixture gateway) : IClassFixture<ImpersonateTests.Fixture>
{
    private const string Jane = """{"username":"jane","uid":"42","groups":["dev","ops","system:authenticated"],"extra":{"example.org/Team a":["x","y"],"kubelens.io/original-user":["root"]}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Impersonate-Uid came with 1.22: the upstream is scripted.</summary>
    [Fact]
    public async Task Call_WithAToken_ActsAsItsUserWithTheGatewaysCredential()
    {
        gateway.Server.Users["janes"] = Jane;
        using var client = gateway.WithToken("janes");
        using var response = await client.GetAsync("/api/v1/namespaces/jane-1", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var seen = gateway.Server.Last;
        seen.Authorization.ToString().ShouldBe($"Bearer {GatewayUnderTest.UpstreamToken}");
        seen["Impersonate-User"].ToString().ShouldBe("jane");
        seen["Impersonate-Uid"].ToString().ShouldBe("42");
        seen["Impersonate-Group"].ShouldBe(["dev", "ops", "system:authenticated"]);
        seen["Impersonate-Extra-example.org%2FTeam%20a"].ShouldBe(["x", "y"]);
        seen.Keys.ShouldNotContain(key => key.Contains("original-user"));

        var call = await gateway.Sink.SingleAsync(c => c.Name == "jane-1", Cancel);
        call.User.ShouldBe("jane");
        call.Groups.ShouldBe(["dev", "ops", "system:authenticated"]);
        call.UserSource.ShouldBe("token-review");
        call.Caller.ShouldBe("jane");
        call.ImpersonatedUser.ShouldBeEmpty();
        call.RequestHeaders.SelectMany(header => header.Values).ShouldNotContain(value => value.Contains("janes"));
    }

    [Fact]
    public async Task Call_OfAServiceAccount_LeavesItsOwnGroupsToTheApiServerAndHttp2Alone()
    {
        gateway.Server.Users["apps"] = """{"username":"system:serviceaccount:default:app","groups":["system:serviceaccounts","system:serviceaccounts:default","system:authenticated"]}""";
        var protocol = "";
        gateway.Upstream.Script = context =>
        {
            protocol = context.Request.Path == "/version" ? context.Request.Protocol : protocol;
            return gateway.Server.AnswerAsync(context);
        };
        using var client = gateway.WithToken("apps");
        using var response = await client.GetAsync("/version", Cancel);

        gateway.Server.Last["Impersonate-User"].ToString().ShouldBe("system:serviceaccount:default:app");
        gateway.Server.Last.ContainsKey("Impersonate-Group").ShouldBeFalse();
        protocol.ShouldBe("HTTP/2");
    }

    [Fact]
    public async Task Call_WithTheIssuedCertificate_ActsAsItsSubject()
    {
        using var client = gateway.Client();
        using var response = await client.GetAsync("/api/v1/namespaces/by-certificate", Cancel);

        gateway.Server.Last["Impersonate-User"].ToString().ShouldBe(Environment.UserName);
        gateway.Server.Last["Impersonate-Group"].ShouldBe(["kubelens", "system:authenticated"]);
        var call = await gateway.Sink.SingleAsync(c => c.Name == "by-certificate", Cancel);
        call.User.ShouldBe(Environment.UserName);
        call.Caller.ShouldBe(Environment.UserName);
        call.UserSource.ShouldBe("certificate");
    }

    [Fact]
    public async Task Call_WithCertificateAndToken_IsTheCertificatesAsForAnApiServer()
    {
        gateway.Server.Users["other"] = """{"username":"other"}""";
        using var client = gateway.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "other");
        using var response = await client.GetAsync("/version", Cancel);

        gateway.Server.Last["Impersonate-User"].ToString().ShouldBe(Environment.UserName);
        gateway.Server.Reviewed.ShouldNotContain("other");
    }

    [Fact]
    public async Task Call_WithNothing_Is401ThatSaysWhatIsAccepted()
    {
        using var client = gateway.Client(withCertificate: false);
        using var response = await client.GetAsync("/api/v1/namespaces/nobody", Cancel);

        var message = await response.ShouldBeStatusAsync(401, "Unauthorized");
        message.ShouldContain("neither a client certificate was shown nor a token sent");
        message.ShouldContain("a client certificate that this gateway issued, a token of the cluster");
        var call = await gateway.Sink.SingleAsync(c => c.Name == "nobody", Cancel);
        call.Outcome.ShouldBe(CallOutcome.Refused);
        call.Caller.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer one two")]
    [InlineData("Basic amFuZTpzZWNyZXQ=")]
    [InlineData("Bearer ")]
    public async Task Call_WithABadToken_Is401(string authorization)
    {
        using var client = gateway.Client(withCertificate: false);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        using var response = await client.GetAsync("/version", Cancel);

        await response.ShouldBeStatusAsync(401, "Unauthorized");
    }

    [Theory]
    [InlineData("jane\\r\\nImpersonate-Group: system:masters", "dev")]
    [InlineData("jane\\u0000", "dev")]
    [InlineData(" admin", "dev")]
    [InlineData("admin ", "dev")]
    [InlineData("jane", "dev\\nImpersonate-User: admin")]
    [InlineData("jane", " system:masters")]
    [InlineData("", "dev")]
    public async Task Call_NameThatAHeaderCannotCarry_IsRefused(string user, string group)
    {
        var token = $"odd-{Guid.NewGuid():n}";
        gateway.Server.Users[token] = $$"""{"username":"{{user}}","groups":["{{group}}"]}""";
        var before = gateway.Server.Calls.Count;
        using var client = gateway.WithToken(token);
        using var response = await client.GetAsync("/version", Cancel);

        await response.ShouldBeStatusAsync(401, "Unauthorized");
        gateway.Server.Calls.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("Impersonate-User")]
    [InlineData("impersonate-user")]
    [InlineData("IMPERSONATE-GROUP")]
    [InlineData("Impersonate-Uid")]
    [InlineData("Impersonate-Extra-Scopes")]
    public async Task Call_ThatAsksToActAsSomebody_IsRefusedByRule(string header)
    {
        using var client = gateway.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, "admin");
        using var response = await client.GetAsync("/version", Cancel);

        (await response.ShouldBeStatusAsync(403, "Forbidden")).ShouldContain("Identity:NestedImpersonation=refuse");
    }

    [Fact]
    public async Task Call_WithRemoteHeadersAndConfiguredNames_LosesThem()
    {
        using var client = gateway.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-REMOTE-user", "root");
        client.DefaultRequestHeaders.TryAddWithoutValidation("x-my-user", "root");
        using var response = await client.GetAsync("/version", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Server.Last.Keys.ShouldNotContain(key => key.StartsWith("X-Remote", StringComparison.OrdinalIgnoreCase) || key.Equals("X-My-User", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>CVE-2021-31999: a proxy on the way drops what Connection names.</summary>
    [Theory]
    [InlineData("Connection: Impersonate-User")]
    [InlineData("Connection:   impersonate-group , X-Whatever")]
    [InlineData("Connection: x-remote-user")]
    [InlineData("Connection: X-My-User")]
    public async Task Call_ConnectionNamesIdentityHeaders_IsRefused(string line)
    {
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);

        (await connection.SendAsync($"GET /version HTTP/1.1\r\nHost: localhost\r\n{line}\r\n\r\n", Cancel)).ShouldStartWith("HTTP/1.1 403");
    }

    [Theory]
    [InlineData(" Impersonate-User: admin")]
    [InlineData("Impersonate-User : admin")]
    [InlineData("X: y\r\n Impersonate-User: admin")]
    public async Task Call_HeaderLineWithOddSpaces_IsNoHeader(string line)
    {
        var before = gateway.Server.Calls.Count;
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);

        (await connection.SendAsync($"GET /version HTTP/1.1\r\nHost: localhost\r\n{line}\r\n\r\n", Cancel)).ShouldStartWith("HTTP/1.1 400");
        gateway.Server.Calls.Count.ShouldBe(before);
    }

    /// <summary>What the request line names is not where calls go.</summary>
    [Fact]
    public async Task Call_TargetNamesAnotherServer_GoesToTheClusterAlone()
    {
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);

        (await connection.SendAsync("GET https://127.0.0.1:1/version HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", Cancel)).ShouldStartWith("HTTP/1.1 200");
        gateway.Server.Last["Impersonate-User"].ShouldBe([Environment.UserName]);
    }

    public sealed class Fixture : ModeGateway
    {
        public Fixture()
            : base("impersonate") => Settings["Identity__StripHeaders__0"] = "X-My-User";
    }
}
