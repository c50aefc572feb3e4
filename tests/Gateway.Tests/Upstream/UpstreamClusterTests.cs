using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Tests.Kubeconfig;
using Microsoft.AspNetCore.Http;
using static KubeLens.Gateway.Tests.Upstream.UpstreamHarness;

namespace KubeLens.Gateway.Tests.Upstream;

public sealed class UpstreamClusterTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestAuthority _authority = TestAuthority.Create();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, "HTTP/2")]
    [InlineData(1, "HTTP/1.1")]
    public async Task Send_AskedVersion_IsUsedAndIpAddressVerified(int major, string protocol)
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        using var cluster = Cluster(Config(server.Address, CaData(_authority), "token: secret"));

        var (status, _, identity) = await cluster.GetAsync(version: new Version(major, major == 1 ? 1 : 0), authorization: "Bearer of-the-caller");

        status.ShouldBe(HttpStatusCode.OK);
        var call = server.Calls.ShouldHaveSingleItem();
        call.Protocol.ShouldBe(protocol);
        call.Authorization.ShouldBe("Bearer secret");
        (identity.User, identity.Source).ShouldBe(("", "unknown"));
    }

    [Fact]
    public async Task Send_ClientCertificate_IsShownAndCallersAuthorizationRemoved()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        var jane = _authority.Client("CN=jane, O=dev");
        using var cluster = Cluster(Config(server.Address, CaData(_authority), $"client-certificate-data: {KubeconfigText.Base64(jane.ExportCertificatePem())}, client-key-data: {KubeconfigText.Base64(TestAuthority.KeyPem(jane))}"));

        var (_, _, identity) = await cluster.GetAsync(authorization: "Bearer of-the-caller");

        var call = server.Calls.ShouldHaveSingleItem();
        call.Certificate.ShouldContain("CN=jane");
        call.Authorization.ShouldBeEmpty();
        identity.User.ShouldBe("jane");
    }

    [Fact]
    public async Task Send_Basic_IsSent()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        using var cluster = Cluster(Config(server.Address, CaData(_authority), "username: me, password: \"p:w\""));

        var (_, _, identity) = await cluster.GetAsync();

        server.Calls.Single().Authorization.ShouldBe("Basic " + KubeconfigText.Base64("me:p:w"));
        (identity.User, identity.Source).ShouldBe(("me", "kubeconfig"));
    }

    [Fact]
    public async Task Send_NoCredential_IsAnonymous()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        using var cluster = Cluster(Config(server.Address, CaData(_authority), ""));

        var (_, _, identity) = await cluster.GetAsync(authorization: "Bearer of-the-caller");

        server.Calls.Single().Authorization.ShouldBeEmpty();
        identity.User.ShouldBe("system:anonymous");
    }

    [Fact]
    public async Task Send_AsFields_BecomeHeadersAndIdentity()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        using var cluster = Cluster(Config(server.Address, CaData(_authority), "token: t, as: jürgen, as-uid: u7, as-groups: [g1, g2], as-user-extra: { 'example.org/a b': [x, y] }"));

        var (_, _, identity) = await cluster.GetAsync();

        var headers = server.Calls.Single().Impersonation;
        headers["Impersonate-User"].ShouldBe(["jürgen"]);
        headers["Impersonate-Uid"].ShouldBe(["u7"]);
        headers["Impersonate-Group"].ShouldBe(["g1", "g2"]);
        headers["Impersonate-Extra-example.org%2Fa%20b"].ShouldBe(["x", "y"]);
        (identity.User, identity.Source).ShouldBe(("jürgen", "kubeconfig"));
        identity.Groups.ShouldBe(["g1", "g2", "system:authenticated"]);
    }

    [Fact]
    public async Task Send_CallersSeveralGroups_StaySeveral()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        using var cluster = Cluster(Config(server.Address, CaData(_authority), "token: t"));
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address + "/version") { Version = HttpVersion.Version20 };
        request.Headers.TryAddWithoutValidation("Impersonate-User", "bob");
        request.Headers.TryAddWithoutValidation("impersonate-group", ["a", "b, c", "größe"]);
        request.Headers.TryAddWithoutValidation("Accept", ["text/plain", "text/html"]);
        await cluster.AuthorizeAsync(request, TestContext.Current.CancellationToken);

        using var response = await cluster.Invoker.SendAsync(request, TestContext.Current.CancellationToken);

        server.Calls.Single().Impersonation["Impersonate-Group"].ShouldBe(["a", "b, c", "größe"]);
    }

    [Theory]
    [InlineData("system:serviceaccount:ns:sa", "", "system:serviceaccounts,system:serviceaccounts:ns,system:authenticated")]
    [InlineData("system:serviceaccount:ns:sa", "g", "g,system:authenticated")]
    [InlineData("system:anonymous", "", "system:unauthenticated")]
    [InlineData("bob", "system:authenticated", "system:authenticated")]
    public async Task Send_AsFields_GroupsAreCompletedAsTheApiserverDoes(string user, string groups, string expected)
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        using var cluster = Cluster(Config(server.Address, CaData(_authority), $"as: '{user}', as-groups: [{(groups.Length > 0 ? $"'{groups}'" : "")}]"));

        var (_, _, identity) = await cluster.GetAsync();

        string.Join(',', identity.Groups).ShouldBe(expected);
    }

    [Fact]
    public async Task Send_TlsServerName_IsAskedForAndVerified()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("kubernetes.example"));
        using var named = Cluster(Config(server.Address, CaData(_authority) + ", tls-server-name: kubernetes.example", "token: t"));
        using var wrong = Cluster(Config(server.Address, CaData(_authority) + ", tls-server-name: other.example", "token: t"));
        using var none = Cluster(Config(server.Address, CaData(_authority), "token: t"));

        (await named.GetAsync()).Status.ShouldBe(HttpStatusCode.OK);
        server.LastServerName.ShouldBe("kubernetes.example");
        await RefusedAsync(wrong.GetAsync());
        await RefusedAsync(none.GetAsync());
    }

    [Fact]
    public async Task Send_TlsServerNameThroughProxy_IsAskedForToo()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("kubernetes.example"));
        await using var proxy = TestConnectProxy.Start();
        using var cluster = Cluster(Config(server.Address, CaData(_authority) + $", tls-server-name: kubernetes.example, proxy-url: \"http://me:pw@127.0.0.1:{proxy.Port}\"", "token: t"));

        (await cluster.GetAsync()).Status.ShouldBe(HttpStatusCode.OK);

        server.LastServerName.ShouldBe("kubernetes.example");
        proxy.Requests.ShouldContain(request => request.StartsWith($"CONNECT 127.0.0.1:{server.Port} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_OtherAuthority_IsRefused()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        // Same name, another key.
        using var cluster = Cluster(Config(server.Address, CaData(TestAuthority.Create()), "token: t"));
        using var system = Cluster(Config(server.Address, "", "token: t"));

        await RefusedAsync(cluster.GetAsync());
        await RefusedAsync(system.GetAsync());
        server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_SkipVerify_TakesAnyServer()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("somewhere.else"));
        using var cluster = Cluster(Config(server.Address, "insecure-skip-tls-verify: true", "token: t"));

        (await cluster.GetAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Send_AuthorityIsIntermediate_IsAnAnchorAsForKubectl()
    {
        var intermediate = _authority.Intermediate("CN=intermediate");
        await using var server = await TestApiServer.StartAsync(intermediate.Server("127.0.0.1"));
        using var cluster = Cluster(Config(server.Address, CaData(intermediate), "token: t"));
        using var forged = Cluster(Config(server.Address, CaData(_authority.Intermediate("CN=intermediate")), "token: t"));

        (await cluster.GetAsync()).Status.ShouldBe(HttpStatusCode.OK);
        await RefusedAsync(forged.GetAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_ForgedSignature_IsRefused(bool intermediate)
    {
        var authority = intermediate ? _authority.Intermediate("CN=intermediate") : _authority;
        await using var server = await TestApiServer.StartAsync(authority.Forged("127.0.0.1"));
        using var cluster = Cluster(Config(server.Address, CaData(authority), "token: t"));

        await RefusedAsync(cluster.GetAsync());
        server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_ServerSendsIntermediate_ChainEndsAtRoot()
    {
        var intermediate = _authority.Intermediate("CN=intermediate");
        await using var server = await TestApiServer.StartAsync(intermediate.Server("127.0.0.1"), [X509Certificate2.CreateFromPem(intermediate.Pem)]);
        using var cluster = Cluster(Config(server.Address, CaData(_authority), "token: t"));

        (await cluster.GetAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Send_RedirectCookieGzip_PassAsTheyAre()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        server.Answer = async context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers.SetCookie = "a=b";
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.WriteAsync("not gzip at all");
        };
        using var cluster = Cluster(Config(server.Address, CaData(_authority), "token: t"));

        var (status, body, _) = await cluster.GetAsync();
        await cluster.GetAsync();

        status.ShouldBe(HttpStatusCode.Found);
        body.ShouldBe("not gzip at all");
        server.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Send_PathPrefix_IsKept()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        server.Answer = context => context.Response.WriteAsync(context.Request.Path);
        using var cluster = Cluster(Config(server.Address + "/k8s/c1/", CaData(_authority), "token: t"));

        (await cluster.GetAsync()).Body.ShouldBe("/k8s/c1/version");
        cluster.Name.ShouldBe("c1");
    }

    [Fact]
    public async Task Send_ProxyUrl_TunnelsThroughIt()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        await using var proxy = TestConnectProxy.Start();
        using var cluster = Cluster(Config(server.Address, CaData(_authority) + $", proxy-url: \"http://me:pw@127.0.0.1:{proxy.Port}\"", "token: t"));

        (await cluster.GetAsync()).Status.ShouldBe(HttpStatusCode.OK);

        server.Calls.Single().Protocol.ShouldBe("HTTP/2");
        proxy.Requests.ShouldContain(request => request.StartsWith($"CONNECT 127.0.0.1:{server.Port} ", StringComparison.Ordinal) && request.Contains("Proxy-Authorization: Basic " + KubeconfigText.Base64("me:pw"), StringComparison.Ordinal));
    }

    private static async Task RefusedAsync(Task call)
    {
        var error = await Should.ThrowAsync<HttpRequestException>(() => call);
        error.InnerException.ShouldBeOfType<AuthenticationException>();
    }

    private string Config(string server, string cluster, string user) => _folder.Write($"config-{Guid.NewGuid():n}", KubeconfigText.One(server, cluster, user));
}
