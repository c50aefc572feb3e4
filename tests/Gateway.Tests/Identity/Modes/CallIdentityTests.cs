using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Modes;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Identity.Modes;

/// <summary>What each mode shows on the connection itself, before a TLS server that asks for certificates.</summary>
public sealed class CallIdentityTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly TestAuthority _authority = TestAuthority.Create();
    private TestApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Passthrough_GatewayHasACertificate_IsNotShown()
    {
        var seen = await SendAsync("passthrough", "the-callers");

        seen.Certificate.ShouldBeEmpty();
        seen.Authorization.ShouldBe("Bearer the-callers");
    }

    [Fact]
    public async Task FrontProxy_ItsCertificateAlone_IsShown()
    {
        var pair = _authority.Client("CN=front-proxy-client");
        var options = new FrontProxyOptions { CertificateFile = _folder.Write("fp.crt", pair.ExportCertificatePem()), KeyFile = _folder.Write("fp.key", TestAuthority.KeyPem(pair)) };
        var seen = await SendAsync("front-proxy", "the-callers", options);

        seen.Certificate.ShouldBe("CN=front-proxy-client");
        seen.Authorization.ShouldBeEmpty();
        seen.Protocol.ShouldBe("HTTP/1.1"); // two groups
    }

    [Theory]
    [InlineData("credential")]
    [InlineData("impersonate")]
    public async Task Others_GatewaysOwn_IsShownAndTheCallersTokenIsNot(string mode)
    {
        var seen = await SendAsync(mode, "the-callers");

        seen.Certificate.ShouldBe("CN=gateway");
        seen.Authorization.ShouldBeEmpty();
    }

    /// <summary>CVE-2022-3172: the answer's address would get the credential.</summary>
    [Theory]
    [InlineData("credential")]
    [InlineData("passthrough")]
    [InlineData("impersonate")]
    public async Task Redirect_InEveryMode_IsNotFollowed(string mode)
    {
        _server.Answer = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };

        await SendAsync(mode, "the-callers");

        _server.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public void Impersonate_KubeconfigActsAsSomebody_EndsTheStart()
    {
        var context = Context(", as: bob");

        Should.Throw<ConfigurationException>(() => CallIdentities.Create("Cluster:Identity", IdentityMode.Impersonate, null!, context, new())).Message.ShouldContain("Cluster:Identity is impersonate, but the kubeconfig's user already acts as \"bob\"");
    }

    [Theory]
    [InlineData("missing", "cannot be read")]
    [InlineData("empty", "holds no certificate")]
    public void FrontProxy_BadFile_EndsTheStartWithItsKey(string kind, string words)
    {
        var options = new FrontProxyOptions { CertificateFile = kind == "empty" ? _folder.Write("fp", "") : _folder["none"], KeyFile = _folder.Write("key", "") };

        var message = Should.Throw<ConfigurationException>(() => CallIdentities.Create("Cluster:Identity", IdentityMode.FrontProxy, null!, Context(), options)).Message;
        message.ShouldContain("Identity:FrontProxy:CertificateFile is ");
        message.ShouldContain(words);
    }

    private async Task<TestApiServer.Seen> SendAsync(string mode, string token, FrontProxyOptions? frontProxy = null)
    {
        var context = Context();
        using var cluster = UpstreamHarness.Cluster(_folder["config"]);
        var identity = CallIdentities.Create("Cluster:Identity", IdentityModes.Parse(mode)!.Value, cluster, context, frontProxy ?? new());
        var call = new DefaultHttpContext();
        call.Request.Headers.Authorization = $"Bearer {token}";
        call.Features.Set<ICallerFeature>(new Caller { Name = "jane", Groups = ["dev", "ops"], Source = UserSources.TokenReview });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_server.Address}/version") { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        await identity.ApplyAsync(request, call, TestContext.Current.CancellationToken);
        using var response = await identity.Invoker.SendAsync(request, TestContext.Current.CancellationToken);
        return _server.Calls.ShouldHaveSingleItem();
    }

    private KubeconfigContext Context(string more = "")
    {
        var client = _authority.Client("CN=gateway");
        return KubeconfigLoader.Load(
            _folder.Write("config", KubeconfigText.One(_server.Address, UpstreamHarness.CaData(_authority),
                $"client-certificate-data: {KubeconfigText.Base64(client.ExportCertificatePem())}, client-key-data: {KubeconfigText.Base64(TestAuthority.KeyPem(client))}{more}")),
            "");
    }
}
