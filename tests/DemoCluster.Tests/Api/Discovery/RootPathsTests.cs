using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Api.Discovery;

public sealed class RootPathsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Version_IsOneThatKubectlReads()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync("/version");

        reply["gitVersion"].ShouldBe("v1.32.0+kubelens-demo");
        reply["major"].ShouldBe("1");
        reply["minor"].ShouldBe("32");
    }

    [Theory]
    [InlineData("/healthz", "ok")]
    [InlineData("/livez", "ok")]
    [InlineData("/readyz/ping", "ok")]
    [InlineData("/readyz?verbose", "[+]ping ok\n[+]log ok\n[+]etcd ok\nreadyz check passed\n")]
    public async Task Health_IsPlainText(string path, string text)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync(path);

        reply.Code.ShouldBe(200);
        reply.Text.ShouldBe(text);
        reply.ContentType.ShouldBe("text/plain; charset=utf-8");
    }

    [Theory]
    [InlineData("/apis/foo")]
    [InlineData("/apis/foo/v1")]
    [InlineData("/apis/foo/v1/bars")]
    public async Task Unknown_Group_IsPlainText(string path)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync(path);

        reply.Code.ShouldBe(404);
        reply.Text.ShouldBe("404 page not found\n");
    }

    [Theory]
    [InlineData("/api/v2")]
    [InlineData("/apis/apps/v9")]
    [InlineData("/api/v1/namespaces/default/nopes")]
    [InlineData("/api/v1/namespaces/default/pods/x/nope")]
    [InlineData("/api/v1/namespaces/default/nodes")]
    [InlineData("/api/v1/configmaps/x")]
    [InlineData("/apis/apps/v1/namespaces/default/pods")]
    public async Task Unknown_Resource_IsAStatus(string path)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync(path);

        reply.Code.ShouldBe(404);
        reply["message"].ShouldBe("the server could not find the requested resource");
        reply["reason"].ShouldBe("NotFound");
    }

    [Fact]
    public async Task Unknown_Path_IsToldWhatThereIs()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync("/nothing");

        reply.Code.ShouldBe(404);
        reply.Body.Items("paths").Select(path => path.Text()).ShouldContain("/apis/apps/v1");
    }

    [Fact]
    public async Task AuditId_IsTheClientsOrANewOne()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/version");
        request.Headers.Add("Audit-ID", "mine-1");

        using var own = await server.Http.SendAsync(request, Cancelled);
        var given = await server.GetAsync("/version");

        own.Headers.GetValues("Audit-Id").ShouldBe(["mine-1"]);
        Guid.TryParse(given.Headers["Audit-Id"].Single(), out _).ShouldBeTrue();
    }
}
