using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Identity.Modes;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Identity.Serving;

/// <summary>A gateway that serves with the certificate of the apiserver behind it.</summary>
public sealed class RealServingTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kubectl_TheOriginalKubeconfigWithAnotherPort_IsTheSameUser()
    {
        var (access, gateway) = await StartAsync();
        await using var _ = gateway;
        using var folder = new TempFolder("port");
        var original = KubeconfigLoader.Load(access.Kubeconfig("alice"), "");
        var text = await File.ReadAllTextAsync(access.Kubeconfig("alice"), Cancel);
        await File.WriteAllTextAsync(folder["alice"], text.Replace($":{original.Cluster.Server.Port}", $":{gateway.Address.Port}", StringComparison.Ordinal), Cancel);
        var kubectl = access.KubectlWith(folder["alice"]);

        (await kubectl.RunAsync(["get", "pods", "--namespace", "default"], Cancel)).Require();
        (await kubectl.RunAsync(["get", "secrets"], Cancel)).Error.ShouldContain("User \"alice\" cannot list resource \"secrets\"");
        (await gateway.Kubectl().RunAsync(["get", "--raw", "/version"], Cancel)).Require(); // the issued one, which trusts the gateway's authority alone

        var call = await gateway.Sink.SingleAsync(c => c.Resource == "pods", Cancel);
        (call.User, call.Caller).ShouldBe(("alice", "alice"));
    }

    [Fact]
    public async Task Pod_WithItsMountedAuthority_VerifiesTheService()
    {
        var (access, gateway) = await StartAsync();
        await using var _ = gateway;
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync("127.0.0.1", gateway.Address.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = { CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } },
        };
        // The service account's secret has the ca.crt that a pod gets mounted.
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(KubeconfigLoader.Load(access.Kubeconfig("app"), "").Cluster.Authorities!);
        using var client = new HttpClient(handler) { BaseAddress = new Uri("https://kubernetes.default.svc") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", gateway.AppToken);

        using var response = await client.GetAsync("/api/v1/namespaces/default/pods", Cancel);

        ((int)response.StatusCode).ShouldBe(200);
        (await gateway.Sink.SingleAsync(c => c.Resource == "pods", Cancel)).User.ShouldBe("system:serviceaccount:default:app");
    }

    private async Task<(ClusterAccess Access, RealGateway Gateway)> StartAsync()
    {
        var access = await cluster.RequireAsync(Cancel);
        Assert.SkipUnless(access.Serving is not null, "What the cluster's apiserver serves with is not known: ../pki/apiserver.{crt,key} beside the kubeconfigs.");
        var (certificate, key) = access.Serving.Value;
        var authority = Path.Combine(Path.GetDirectoryName(certificate)!, "ca.crt");
        return (access, await RealGateway.StartAsync(access, "gateway", "impersonate", ("Identity__ClientCaFile", authority), ("Gateway__Certificates__0__CertificateFile", certificate), ("Gateway__Certificates__0__KeyFile", key)));
    }
}
