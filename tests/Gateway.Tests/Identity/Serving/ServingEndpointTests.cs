using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Connect;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Identity.Serving;

/// <summary>What a client of the gateway's endpoint is shown.</summary>
public sealed class ServingEndpointTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly TestAuthority _root = TestAuthority.Create("CN=root");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Handshake_ByName_ShowsTheOperatorsWithItsChain()
    {
        var intermediate = _root.Intermediate("CN=intermediate");
        Write(intermediate.Server("api.example"), intermediate.Pem);
        await using var gateway = await StartAsync();

        var (thumbprint, chain) = await ShownAsync(gateway, "api.example");
        thumbprint.ShouldBe(Thumbprint());
        chain.ShouldBe(["CN=kube-apiserver", "CN=intermediate", "CN=root"]);
        (await ShownAsync(gateway, "localhost")).Thumbprint.ShouldBe(gateway.Pki.Current.Server.Thumbprint);
        (await ShownAsync(gateway, "")).Thumbprint.ShouldBe(gateway.Pki.Current.Server.Thumbprint);
    }

    [Fact]
    public async Task Handshake_CertificateForTheAddress_IsShownWithoutAName()
    {
        Write(_root.Server("kubernetes", "127.0.0.1"));
        await using var gateway = await StartAsync();

        (await ShownAsync(gateway, "")).Thumbprint.ShouldBe(Thumbprint());
    }

    [Fact]
    public async Task Handshake_CertificateReplaced_OpenConnectionsGoOnAndNewOnesGetIt()
    {
        Write(_root.Server("127.0.0.1"));
        var before = Thumbprint();
        var release = new TaskCompletionSource();
        await using var gateway = await StartAsync(async context =>
        {
            await context.Response.WriteAsync("first ");
            await release.Task;
            await context.Response.WriteAsync("second");
        });
        using var jane = gateway.Issue("jane");
        using var client = gateway.Client(jane, verify: false);
        using var open = await client.GetAsync("/watch", HttpCompletionOption.ResponseHeadersRead, Cancel);
        (await ShownAsync(gateway, "")).Thumbprint.ShouldBe(before);

        Write(_root.Server("127.0.0.1"));
        await Eventually.Async(async () => (await ShownAsync(gateway, "")).Thumbprint == Thumbprint(), Cancel, what: "the new certificate");

        release.SetResult();
        (await open.Content.ReadAsStringAsync(Cancel)).ShouldBe("first second");
    }

    [Fact]
    public async Task Call_NameOfTheOperatorsCertificate_IsAnsweredAndOthersAreNot()
    {
        Write(_root.Server("api.example", "*.api.example", "127.0.0.1"));
        await using var gateway = await StartAsync();
        using var client = gateway.Client(gateway.Issue("jane"), verify: false);

        foreach (var (host, status) in new[] { ("api.example", 200), ("x.api.example", 421), ("evil.example", 421) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api") { Headers = { Host = host } };
            using var response = await client.SendAsync(request, Cancel);
            ((int)response.StatusCode).ShouldBe(status, host);
        }
    }

    // It trusts the gateway's authority alone, and the operator's certificate serves the address in it.
    [Fact]
    public async Task IssuedKubeconfig_BesideAnOperatorsCertificate_StillVerifies()
    {
        Write(_root.Server("localhost", "127.0.0.1"));
        await using var gateway = await StartAsync();
        var kubeconfig = ActivatorUtilities.CreateInstance<IssuedKubeconfig>(gateway.Services);
        var entries = KubeconfigEntries.Of($"https://127.0.0.1:{gateway.Port}", gateway.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.TlsServerName, gateway.Services.GetRequiredService<ClusterCatalog>().Current.All);
        kubeconfig.Write(entries).ShouldBeTrue();
        kubeconfig.Write(entries).ShouldBeFalse("what is there serves");
        var issued = KubeconfigLoader.Load(kubeconfig.Path, "");

        issued.Cluster.TlsServerName.ShouldBe("gateway.kubelens.internal");
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.ClientCertificates = [issued.User.Certificate!.Leaf];
        handler.SslOptions.CertificateChainPolicy = Trust(issued.Cluster.Authorities!);
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Host = issued.Cluster.TlsServerName; // the handshake's name follows it
        (await client.GetStringAsync(new Uri(issued.Cluster.Server, "/api"), Cancel)).ShouldStartWith(IssuedKubeconfig.UserName(Environment.UserName));
    }

    [Fact]
    public async Task Handshake_ServiceAddressConfigured_OwnCertificateHasTheServicesNames()
    {
        await using var gateway = await StartAsync(null, false, ("Gateway:ServiceAddress", "10.96.0.1"), ("Gateway:Names:0", "gateway.example"));
        var trust = new X509Certificate2Collection(gateway.Pki.Current.Authority);

        foreach (var name in new[] { "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "10.96.0.1", "gateway.example" })
        {
            using var handler = To(gateway, trust);
            using var client = new HttpClient(handler);
            using var response = await client.GetAsync(new Uri($"https://{name}/api"), Cancel);
            ((int)response.StatusCode).ShouldBe(401, name); // verified, and not misdirected
        }
    }

    [Fact]
    public async Task Handshake_OnALaptop_OwnCertificateHasNoServicesNames()
    {
        await using var gateway = await StartAsync(null, false);

        gateway.Pki.Current.Server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames().ShouldBe(["localhost"]);
    }

    [Fact]
    public void ServiceAddress_InAPod_IsTheOneOfItsEnvironment()
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { ["KUBERNETES_SERVICE_HOST"] = "10.0.0.1", ["KUBERNETES_SERVICE_PORT"] = "443" };
        var (found, given) = (new EndpointOptions(), new EndpointOptions { ServiceAddress = "10.7.0.1" });
        new EndpointOptionsSetup(configuration).PostConfigure(null, found);
        new EndpointOptionsSetup(configuration).PostConfigure(null, given);

        found.AllNames.ShouldContain("10.0.0.1");
        found.AllNames.ShouldContain("kubernetes.default.svc");
        given.ServiceAddress.ShouldBe("10.7.0.1");
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Handshake_CertificateRequest_NamesTheAcceptedAuthoritiesAndNoOther(string version)
    {
        _folder.Write("client-ca.crt", TestAuthority.Create("CN=people").Pem);
        await using var gateway = await StartAsync(null, false, ("Identity:ClientCaFile", _folder["client-ca.crt"]));

        var result = await TestProcess.RunAsync(new TestCommand("openssl", "s_client", "-connect", $"127.0.0.1:{gateway.Port}", version, "-nameopt", "RFC2253"), Cancel);

        result.Output.Split('\n').SkipWhile(line => line != "Acceptable client certificate CA names").Skip(1).TakeWhile(line => line.Contains("CN=", StringComparison.Ordinal))
            .ShouldBe([gateway.Pki.Current.ClientAuthority.SubjectName.Name.Replace(", ", ",", StringComparison.Ordinal), "CN=people"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("", "key", "Gateway:Certificates:0:CertificateFile and Gateway:Certificates:0:KeyFile must both be set")]
    [InlineData("a", "", "Gateway:Certificates:0:CertificateFile and Gateway:Certificates:0:KeyFile must both be set")]
    public void Options_HalfAnEntry_NamesItsKeys(string certificate, string key, string words)
    {
        var options = new EndpointOptions { ServiceAddress = "https://x" };
        options.Certificates.Add(new() { CertificateFile = certificate, KeyFile = key, Default = true });
        options.Certificates.Add(new() { CertificateFile = "b", KeyFile = "b", Default = true });

        var message = new EndpointOptionsSetup(new Microsoft.Extensions.Configuration.ConfigurationManager()).Validate(null, options).FailureMessage!;

        message.ShouldContain(words);
        message.ShouldContain("Gateway:Certificates: more than one entry has Default");
        message.ShouldContain("Gateway:ServiceAddress is \"https://x\"");
    }

    private Task<TestGateway> StartAsync(RequestDelegate? end = null, bool withCertificate = true, params (string, string)[] settings) => TestGateway.StartAsync(
        _folder.Path, _clock, null, end, [.. settings, .. withCertificate ? new[] { ("Gateway:Certificates:0:CertificateFile", _folder["tls.crt"]), ("Gateway:Certificates:0:KeyFile", _folder["tls.key"]) } : []]);

    private void Write(X509Certificate2 certificate, string chain = "")
    {
        _folder.Write("tls.crt", certificate.ExportCertificatePem() + "\n" + chain);
        _folder.Write("tls.key", TestAuthority.KeyPem(certificate));
    }

    private string Thumbprint() => X509Certificate2.CreateFromPem(File.ReadAllText(_folder["tls.crt"])).Thumbprint;

    /// <summary>What a handshake asking for this name gets, with what the client's chain to the test's root is made of.</summary>
    private async Task<(string Thumbprint, string[] Chain)> ShownAsync(TestGateway gateway, string name)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", gateway.Port, Cancel);
        (string, string[]) shown = ("", []);
        await using var tls = new SslStream(tcp.GetStream(), false);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = name,
                CertificateChainPolicy = Trust([X509Certificate2.CreateFromPem(_root.Pem)]),
#pragma warning disable CA5359 // What is shown is what the test wants to know.
                RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                {
                    shown = (certificate!.GetCertHashString(), [.. chain!.ChainElements.Select(element => element.Certificate.Subject)]);
                    return true;
                },
#pragma warning restore CA5359
            },
            Cancel);
        return shown;
    }

    private static SocketsHttpHandler To(TestGateway gateway, X509Certificate2Collection trust) => new()
    {
        UseProxy = false,
        SslOptions = { CertificateChainPolicy = Trust(trust) },
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", gateway.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private static X509ChainPolicy Trust(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
