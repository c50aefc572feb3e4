using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeLens.DemoCluster.Hosting;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Tests.Access.Support;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.DemoCluster.Tests.Hosting;

public sealed class HostingTests : IDisposable
{
    private readonly TempFolder _home = new("demo");

    public void Dispose() => _home.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Start_FirstTime_WritesFilesForTheOwnerAlone()
    {
        await using var host = await DemoHost.StartAsync();

        foreach (var file in new[] { "ca.pem", "client-ca.pem", "server.pem", "token-key", "gateway.kubeconfig", "admin.kubeconfig" })
        {
            File.GetUnixFileMode(Path.Combine(host.Home, file)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Fact]
    public async Task Start_Again_KeepsAuthorityAndTokens()
    {
        string token, authority;
        await using (var first = await DemoHost.StartAsync(home: _home))
        {
            (token, authority) = (first.Token("admin"), await File.ReadAllTextAsync(_home["ca.pem"], TestContext.Current.CancellationToken));
        }

        await using var second = await DemoHost.StartAsync(home: _home);

        (await File.ReadAllTextAsync(_home["ca.pem"], TestContext.Current.CancellationToken)).ShouldBe(authority);
        second.Token("admin").ShouldBe(token);
    }

    [Fact]
    public async Task Start_TwoClusters_HaveDifferentTokens()
    {
        await using var one = await DemoHost.StartAsync();
        await using var other = await DemoHost.StartAsync();

        one.Token("admin").ShouldNotBe(other.Token("admin"));
    }

    [Fact]
    public async Task Start_PortGiven_IsInTheKubeconfigs()
    {
        var port = Ports.Free();
        await using var host = await DemoHost.StartAsync(settings: ("DemoCluster:Port", port.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        var gateway = KubeconfigLoader.Load([Path.Combine(host.Home, "gateway.kubeconfig")], null);
        gateway.Name.ShouldBe("demo");
        gateway.Cluster.Name.ShouldBe("demo");
        gateway.Cluster.Server.ShouldBe(new Uri($"https://127.0.0.1:{port}"));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Endpoint_SpeaksBothProtocols(string version)
    {
        await using var host = await DemoHost.StartAsync();
        var client = host.Client("admin");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nodes") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Version.ShouldBe(Version.Parse(version));
    }

    [Theory]
    [InlineData("localhost:1", 200)]
    [InlineData("kubernetes.default.svc", 200)]
    [InlineData("evil.example.com", 421)]
    public async Task Host_NotTheClustersOwn_IsRefused(string name, int expected)
    {
        await using var host = await DemoHost.StartAsync();

        // By hand: an HttpClient would check the certificate against the name that it sends.
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, host.Address.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET /version HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(tls);

        (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!.ShouldStartWith($"HTTP/1.1 {expected} ");
    }

    [Fact]
    public async Task Certificate_NamesWhatClientsMayCallIt()
    {
        await using var host = await DemoHost.StartAsync();

        var names = host.Services.GetRequiredService<DemoPki>().Current.Server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();

        names.EnumerateDnsNames().ShouldBe(["localhost", "kubernetes.default.svc"]);
        names.EnumerateIPAddresses().ShouldBe([IPAddress.Loopback, IPAddress.IPv6Loopback]);
    }

    [Fact]
    public async Task Certificate_InItsLastQuarter_IsRenewedWhileRunning()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await DemoHost.StartAsync(clock);
        var pki = host.Services.GetRequiredService<DemoPki>();
        var (server, authority) = (pki.Current.Server.Thumbprint, pki.Current.Authority.Thumbprint);

        clock.Advance(TimeSpan.FromDays(300));

        pki.Current.Server.Thumbprint.ShouldNotBe(server);
        pki.Current.Authority.Thumbprint.ShouldBe(authority);
    }

    [Fact]
    public async Task Start_Seeds_ArePlanted()
    {
        await using var host = await DemoHost.StartAsync();

        Names("Namespace").ShouldBe(["default", "kube-node-lease", "kube-public", "kube-system"]);
        Names("Node").ShouldBe(["node-1", "node-2", "node-3"]);
        Names("ServiceAccount").ShouldBe(["default", "default", "default", "default"]);
        new[] { "cluster-admin", "admin", "edit", "view", "system:node", "system:basic-user", "system:discovery" }.ShouldBeSubsetOf(Names("ClusterRole"));
        Names("ClusterRoleBinding").ShouldContain("developers");

        List<string> Names(string kind) => [.. host.Store.List(ResourceKinds.Named(kind), "").Items.Select(item => (string)item["metadata"]!["name"]!)];
    }

    [Fact]
    public async Task Kubectl_AdminKubeconfig_IsLetIn()
    {
        await using var host = await DemoHost.StartAsync();

        var result = await host.Kubectl().RunAsync(["auth", "whoami", "--output", "json"], TestContext.Current.CancellationToken);

        result.Error.ShouldBeEmpty();
        result.Output.ShouldContain("\"username\": \"admin\"");
    }
}
