using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Identity.Modes;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.ForwardProxy;

/// <summary>kubectl with its original kubeconfig, sent through the proxy to a real cluster.</summary>
public sealed class RealForwardProxyTests(TestCluster cluster) : IDisposable
{
    private const string ServiceName = "kubernetes.default.svc";

    private readonly TempFolder _folder = new("proxy");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kubectl_ProxyUrlInItsKubeconfig_IsTheSameUserAndRecordedOnce()
    {
        var access = await cluster.RequireAsync(Cancel);
        await using var gateway = await StartAsync(access, access.Kubeconfig("gateway"));
        var port = gateway.Settings["Gateway__ProxyPort"];
        var alice = Kubectl(access, gateway, "", $"proxy-url: http://127.0.0.1:{port}");

        (await alice.RunAsync(["get", "pods", "--namespace", "default"], Cancel)).Require();
        (await alice.RunAsync(["get", "secrets"], Cancel)).Error.ShouldContain("User \"alice\" cannot list resource \"secrets\"");

        (await alice.RunAsync(["create", "--raw", "/kubelens/v1/kubeconfig", "-f", "/dev/null"], Cancel)).Error.ShouldContain("not through the forward proxy");

        var call = await gateway.Sink.SingleAsync(c => c.Resource == "pods", Cancel);
        (call.User, call.Caller, call.Status).ShouldBe(("alice", "alice", 200));
    }

    // Go's clients send nothing for loopback through a proxy of the environment, so the cluster has another name here.
    [Fact]
    public async Task Kubectl_HttpsProxyInItsEnvironment_GoesThroughAndNowhereElse()
    {
        var access = await cluster.RequireAsync(Cancel);
        var original = KubeconfigLoader.Load(access.Kubeconfig("gateway"), "");
        await using var names = TestConnectProxy.Start();
        names.Hosts[ServiceName] = "127.0.0.1";
        var direct = await File.ReadAllTextAsync(access.Kubeconfig("gateway"), Cancel);
        var server = $"https://{ServiceName}:{original.Cluster.Server.Port}";
        var kubeconfig = _folder["gateway"];
        await File.WriteAllTextAsync(kubeconfig, direct.Replace($"server: \"{original.Cluster.Server.AbsoluteUri.TrimEnd('/')}\"", $"server: \"{server}\", proxy-url: \"http://u:p@127.0.0.1:{names.Port}\"", StringComparison.Ordinal), Cancel);
        KubeconfigLoader.Load(kubeconfig, "").Cluster.Server.Host.ShouldBe(ServiceName, "the kubeconfig is written otherwise than this test knows");
        await using var gateway = await StartAsync(access, kubeconfig);
        var proxy = new Dictionary<string, string?> { ["https_proxy"] = $"http://127.0.0.1:{gateway.Settings["Gateway__ProxyPort"]}" };

        (await Kubectl(access, gateway, server, "", proxy).RunAsync(["get", "pods", "--namespace", "default"], Cancel)).Require();
        var elsewhere = await Kubectl(access, gateway, "https://other.example:6443", "", proxy).RunAsync(["get", "pods"], Cancel);

        elsewhere.ExitCode.ShouldNotBe(0);
        elsewhere.Error.ShouldContain("other.example:6443 is not the address of a configured cluster");
        (await gateway.Sink.SingleAsync(c => c.Resource == "pods", Cancel)).User.ShouldBe("alice");
    }

    private async Task<RealGateway> StartAsync(ClusterAccess access, string kubeconfig)
    {
        var authorities = KubeconfigLoader.Load(access.Kubeconfig("alice"), "").Cluster.Authorities!;
        await File.WriteAllTextAsync(_folder["client-ca.crt"], authorities.ExportCertificatePems(), Cancel);
        return await RealGateway.StartAsync(access, "gateway", "impersonate", ("Cluster__Kubeconfig", kubeconfig), ("Gateway__ProxyPort", $"{Ports.Free()}"), ("Identity__ClientCaFile", _folder["client-ca.crt"]));
    }

    /// <summary>alice's own kubeconfig, which trusts the proxy's authority besides the cluster's.</summary>
    private Kubectl Kubectl(ClusterAccess access, RealGateway gateway, string server, string cluster, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var alice = KubeconfigLoader.Load(access.Kubeconfig("alice"), "");
        var both = $"{alice.Cluster.Authorities!.ExportCertificatePems()}\n{File.ReadAllText(gateway.Home["pki/proxy-ca.crt"])}";
        var leaf = alice.User.Certificate!.Leaf;
        var key = leaf.GetRSAPrivateKey()?.ExportPkcs8PrivateKeyPem() ?? leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        var file = _folder[$"{Guid.NewGuid():n}.kubeconfig"];
        File.WriteAllText(file, KubeconfigText.One(
            server.Length > 0 ? server : alice.Cluster.Server.AbsoluteUri.TrimEnd('/'),
            $"certificate-authority-data: {KubeconfigText.Base64(both)}{(cluster.Length > 0 ? ", " + cluster : "")}",
            $"client-certificate-data: {KubeconfigText.Base64(leaf.ExportCertificatePem())}, client-key-data: {KubeconfigText.Base64(key)}"));
        return new Kubectl(access.KubectlPath, file, _folder.Path) { Environment = environment ?? new Dictionary<string, string?>() };
    }
}
