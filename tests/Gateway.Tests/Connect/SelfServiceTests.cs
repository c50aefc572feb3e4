using System.Net;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Identity.Modes;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Tests.Connect;

/// <summary><c>POST /kubelens/v1/kubeconfig</c>.</summary>
public sealed class SelfServiceTests(SelfServiceTests.Fixture gateway) : IClassFixture<SelfServiceTests.Fixture>
{
    private const string Path = "/kubelens/v1/kubeconfig";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_WithAToken_IsAKubeconfigForItsUserThatWorksAndWhoseKeyIsNowhere()
    {
        gateway.Server.Users["janes"] = """{"username":"jane","groups":["dev","system:authenticated"]}""";
        var before = gateway.Server.Calls.Count;
        using var client = gateway.WithToken("janes");
        using var response = await client.PostAsync($"{Path}?ttl=1h", null, Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var text = await response.Content.ReadAsStringAsync(Cancel);
        var file = gateway.Home["jane"];
        await File.WriteAllTextAsync(file, text, Cancel);
        var context = KubeconfigLoader.Load(file, "");
        context.Cluster.Server.Authority.ShouldBe(gateway.Address.Authority);
        var leaf = context.User.Certificate!.Leaf;
        CertificateIdentity.Read(leaf.SubjectName).Groups.ShouldBe(["dev"]);
        (leaf.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow()).ShouldBeLessThan(TimeSpan.FromHours(1));
        gateway.Server.Calls.Count.ShouldBe(before); // not forwarded

        var call = await gateway.Sink.SingleAsync(c => c.Query == "ttl=1h", Cancel);
        (call.Status, call.Caller, call.Outcome).ShouldBe((201, "jane", CallOutcome.Completed));
        call.ResponseBody.Content.Length.ShouldBe(0);

        var handler = gateway.Handler(withCertificate: false);
        handler.SslOptions.ClientCertificates = [leaf];
        using var again = new HttpClient(handler) { BaseAddress = gateway.Address };
        (await again.GetAsync("/version", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Server.Last["Impersonate-User"].ToString().ShouldBe("jane");

        // What it came with lives for an hour: so does what it gets with that.
        using var renewed = await again.PostAsync($"{Path}?ttl=8h", null, Cancel);
        await File.WriteAllTextAsync(file, await renewed.Content.ReadAsStringAsync(Cancel), Cancel);
        KubeconfigLoader.Load(file, "").User.Certificate!.Leaf.NotAfter.ShouldBeLessThanOrEqualTo(leaf.NotAfter);
    }

    [Theory]
    [InlineData("system:serviceaccount:default:app", "dev")]
    [InlineData("jane", "system:masters")]
    public async Task Post_NameOfTheSystem_Is403(string user, string group)
    {
        gateway.Server.Users[user + group] = $$"""{"username":"{{user}}","groups":["{{group}}"]}""";
        using var client = gateway.WithToken(user + group);
        using var response = await client.PostAsync(Path, null, Cancel);

        (await response.ShouldBeStatusAsync(403, "Forbidden")).ShouldContain("system: to itself");
    }

    [Fact]
    public async Task Post_Nobody_Is401()
    {
        using var client = gateway.Client(withCertificate: false);
        using var response = await client.PostAsync(Path, null, Cancel);

        await response.ShouldBeStatusAsync(401, "Unauthorized");
    }

    /// <summary>A browser would add its certificate.</summary>
    [Fact]
    public async Task Post_FromAForeignPage_Is403()
    {
        using var client = gateway.Client();
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var response = await client.PostAsync(Path, null, Cancel);

        await response.ShouldBeStatusAsync(403, "Forbidden");
    }

    [Fact]
    public async Task Post_TooManyThatCount_Is429()
    {
        gateway.Server.Users["greedy"] = """{"username":"greedy"}""";
        using var client = gateway.WithToken("greedy");
        for (var i = 0; i < 32; i++)
        {
            (await client.PostAsync(Path, null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        using var response = await client.PostAsync(Path, null, Cancel);
        await response.ShouldBeStatusAsync(429, "TooManyRequests");
    }

    [Theory]
    [InlineData("GET", Path, 405, "MethodNotAllowed")]
    [InlineData("POST", "/kubelens/v1/other", 404, "NotFound")]
    [InlineData("POST", "/%6bubelens/v1/other", 404, "NotFound")]
    [InlineData("POST", "/KubeLens/v1/kubeconfig", 404, "NotFound")]
    [InlineData("POST", Path + "?ttl=soon", 400, "BadRequest")]
    public async Task Reserved_Others_AreAnsweredHereAndNotForwarded(string method, string path, int code, string reason)
    {
        var before = gateway.Server.Calls.Count;
        using var client = gateway.Client();
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);

        await response.ShouldBeStatusAsync(code, reason);
        gateway.Server.Calls.Count.ShouldBe(before);
    }

    public sealed class Fixture() : ModeGateway("impersonate");
}
