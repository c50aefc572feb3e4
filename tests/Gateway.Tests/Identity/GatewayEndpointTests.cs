using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Identity;

public sealed class GatewayEndpointTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2.0", SslProtocols.Tls13, "HTTP/2")]
    [InlineData("2.0", SslProtocols.Tls12, "HTTP/2")]
    [InlineData("1.1", SslProtocols.None, "HTTP/1.1")]
    public async Task Call_IssuedCertificate_IsTheCaller(string version, SslProtocols protocols, string expected)
    {
        await using var gateway = await TestGateway.StartAsync(_folder.Path, _clock);
        using var client = gateway.Client(gateway.Issue("jane.doe"), protocols);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe($"jane.doe {expected}");
    }

    [Fact]
    public async Task Call_NewConnectionsResumingTheSession_StayTheCaller()
    {
        await using var gateway = await TestGateway.StartAsync(_folder.Path, _clock);
        using var jane = gateway.Issue("jane");
        for (var i = 0; i < 4; i++)
        {
            using var client = gateway.Client(jane);
            (await client.GetStringAsync("/api", TestContext.Current.CancellationToken)).ShouldBe("jane HTTP/2");
            using var other = gateway.Client(null);
            (await other.GetAsync("/api", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Call_HealthWithoutCertificate_Passes(string path)
    {
        await using var gateway = await TestGateway.StartAsync(_folder.Path, _clock);
        using var client = gateway.Client(null);

        (await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Call_NoCertificate_Is401ThatSaysWhatToUse()
    {
        await using var gateway = await TestGateway.StartAsync(_folder.Path, _clock);
        using var client = gateway.Client(null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "some-token");

        var message = await RefusedAsync(client, 401, "Unauthorized");

        message.ShouldContain("no client certificate was shown");
        message.ShouldContain($"export KUBECONFIG={_folder["kubeconfig"]}");
    }

    [Theory]
    [InlineData("stranger", "was not issued by this gateway")]
    [InlineData("namesake", "was not issued by this gateway")]
    [InlineData("server", "was not issued by this gateway")]
    [InlineData("purpose", "not one for clients")]
    [InlineData("expired", "has expired")]
    public async Task Call_BadCertificate_Is401NotABrokenHandshake(string kind, string words)
    {
        _clock.Now -= TimeSpan.FromDays(400);
        var old = PkiHarness.Pki(_folder.Path, _clock);
        var expired = old.IssueClient("jane", "kubelens");
        _clock.Now += TimeSpan.FromDays(400);
        await using var gateway = await TestGateway.StartAsync(_folder.Path, _clock);
        var authority = gateway.Pki.Current.ClientAuthority;
        using var key = CertificateMaker.NewKey();
        using var certificate = kind switch
        {
            "stranger" => TestAuthority.Create().Client("CN=jane"),
            "namesake" => TestAuthority.Create(authority.Subject).Client("CN=jane"),
            "server" => gateway.Pki.Current.Server,
            "purpose" => CertificateMaker.Server(authority, key, ["localhost"], _clock.Now, TimeSpan.FromDays(1)),
            _ => X509Certificate2.CreateFromPem(expired.CertificatePem, expired.KeyPem),
        };
        using var client = gateway.Client(certificate);

        (await RefusedAsync(client, 401, "Unauthorized")).ShouldContain(words);
    }

    [Fact]
    public async Task Call_CertificateExpiresOnAnOpenConnection_Is401()
    {
        await using var gateway = await TestGateway.StartAsync(_folder.Path, _clock);
        using var client = gateway.Client(gateway.Issue("jane"), verify: false);
        await client.GetStringAsync("/api", TestContext.Current.CancellationToken);

        _clock.Now += TimeSpan.FromDays(366);

        (await RefusedAsync(client, 401, "Unauthorized")).ShouldContain("has expired");
    }

    [Fact]
    public async Task Handshake_ServerCertificateRenewed_NewConnectionsGetIt()
    {
        await using var gateway = await TestGateway.StartAsync(_folder.Path, _clock);
        var first = await ShownAsync(gateway);
        _clock.Now += TimeSpan.FromDays(330);

        var second = await ShownAsync(gateway);

        second.ShouldNotBe(first);
        second.ShouldBe(gateway.Pki.Current.Server.Thumbprint);
    }

    [Theory]
    [InlineData("evil.example", 421, "MisdirectedRequest", "does not answer to the name \"evil.example\"")]
    [InlineData("evil.example:6444", 421, "MisdirectedRequest", "add the name to Gateway:Names")]
    public async Task Call_UnknownHost_IsRefusedEvenWithACertificate(string host, int code, string reason, string words)
    {
        await using var gateway = await TestGateway.StartAsync(_folder.Path, _clock);
        using var client = gateway.Client(gateway.Issue("jane"), verify: false);
        client.DefaultRequestHeaders.Host = host;

        (await RefusedAsync(client, code, reason)).ShouldContain(words);
    }

    [Fact]
    public async Task Call_ConfiguredHost_Passes()
    {
        await using var gateway = await TestGateway.StartAsync(_folder.Path, _clock, null, null, ("Gateway:Names:0", "gateway.example"));
        using var client = gateway.Client(gateway.Issue("jane"));
        client.DefaultRequestHeaders.Host = "gateway.example";

        (await client.GetStringAsync("/api", TestContext.Current.CancellationToken)).ShouldBe("jane HTTP/2");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Call_FromAForeignPage_Is403EvenWithACertificate(string header, string value)
    {
        await using var gateway = await TestGateway.StartAsync(_folder.Path, _clock);
        using var client = gateway.Client(gateway.Issue("jane"));
        client.DefaultRequestHeaders.Add(header, value);

        await RefusedAsync(client, 403, "Forbidden");
    }

    [Theory]
    [InlineData("Gateway:Port", "70000")]
    [InlineData("Gateway:Names:0", "https://gateway.example")]
    [InlineData("Gateway:Names:0", "a b")]
    public void Options_Bad_NameTheirKey(string key, string value)
    {
        var options = new EndpointOptions();
        if (key == "Gateway:Port")
        {
            options.Port = 70000;
        }
        else
        {
            options.Names.Add(value);
        }

        var result = new EndpointOptionsSetup(new Microsoft.Extensions.Configuration.ConfigurationManager()).Validate(null, options);

        result.Failed.ShouldBeTrue();
        result.FailureMessage.ShouldContain($"{key} is ");
    }

    [Fact]
    public void Options_NoHome_ComesFromTheVariableElseADefault()
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        var (first, second) = (new EndpointOptions(), new EndpointOptions());
        new EndpointOptionsSetup(configuration).PostConfigure(null, first);
        configuration["KUBELENS_HOME"] = "/some/where";
        new EndpointOptionsSetup(configuration).PostConfigure(null, second);

        first.Home.ShouldBe(Environment.IsPrivilegedProcess ? "/var/lib/kubelens" : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kubelens"));
        second.Home.ShouldBe("/some/where");
    }

    private static async Task<string> ShownAsync(TestGateway gateway)
    {
        var shown = "";
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => (shown = certificate!.GetCertHashString()).Length > 0;
        using var client = new HttpClient(handler);
        await client.GetAsync($"https://127.0.0.1:{gateway.Port}/health/live", TestContext.Current.CancellationToken);
        return shown;
    }

    private static async Task<string> RefusedAsync(HttpClient client, int code, string reason)
    {
        using var response = await client.GetAsync("/api/v1/pods", TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(code, body);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var status = JsonDocument.Parse(body).RootElement;
        status.GetProperty("kind").GetString().ShouldBe("Status");
        status.GetProperty("code").GetInt32().ShouldBe(code);
        status.GetProperty("reason").GetString().ShouldBe(reason);
        return status.GetProperty("message").GetString()!;
    }
}
