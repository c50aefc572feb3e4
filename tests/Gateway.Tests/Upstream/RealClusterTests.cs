using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Upstream;
using static KubeLens.Gateway.Tests.Upstream.UpstreamHarness;

namespace KubeLens.Gateway.Tests.Upstream;

/// <summary>Every credential against a real kube-apiserver.</summary>
public sealed class RealClusterTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("admin", "certificate", "system:masters", true)]
    [InlineData("alice", "certificate", "dev", false)]
    [InlineData("app", "token-claims", "system:serviceaccounts:default", false)]
    public async Task Send_EachCredential_IsWhomTheApiserverSees(string name, string source, string group, bool deletes)
    {
        using var cluster = Cluster(RealCluster.Find(name));

        var (status, body, identity) = await cluster.GetAsync();

        status.ShouldBe(HttpStatusCode.OK);
        JsonDocument.Parse(body).RootElement.GetProperty("major").GetString().ShouldNotBeNullOrEmpty();
        identity.Source.ShouldBe(source);
        identity.Groups.ShouldContain(group);
        (await MayAsync(cluster, "get", "pods")).ShouldBeTrue();
        (await MayAsync(cluster, "delete", "nodes")).ShouldBe(deletes);
    }

    [Fact]
    public async Task Send_AppToken_NamesItsServiceAccount()
    {
        using var cluster = Cluster(RealCluster.Find("app"));

        (await cluster.GetAsync()).Identity.User.ShouldBe("system:serviceaccount:default:app");
    }

    [Fact]
    public async Task Send_AsAlice_HasHerRights()
    {
        var text = File.ReadAllText(RealCluster.Find("gateway")).Replace("user: {", "user: {as: alice, as-groups: [dev], ", StringComparison.Ordinal);
        using var cluster = Cluster(_folder.Write("config", text));

        (await cluster.GetAsync()).Identity.User.ShouldBe("alice");
        (await MayAsync(cluster, "get", "pods")).ShouldBeTrue();
        (await MayAsync(cluster, "get", "secrets")).ShouldBeFalse();
    }

    [Fact]
    public async Task Send_AsNobodyInTwoGroups_HasTheRightsOfBoth()
    {
        var text = File.ReadAllText(RealCluster.Find("gateway")).Replace("user: {", "user: {as: nobody, as-groups: [other, \"system:masters\"], ", StringComparison.Ordinal);
        using var cluster = Cluster(_folder.Write("config", text));

        (await MayAsync(cluster, "get", "secrets")).ShouldBeTrue();
    }

    [Fact]
    public async Task Send_ExecPluginPrintsCertificate_IsAccepted()
    {
        var admin = KubeconfigLoader.Load(RealCluster.Find("admin"), "");
        var status = new { clientCertificateData = admin.User.Certificate!.Leaf.ExportCertificatePem(), clientKeyData = KeyPem(admin.User.Certificate.Leaf) };
        _folder.Write("status", JsonSerializer.Serialize(new { apiVersion = "client.authentication.k8s.io/v1", kind = "ExecCredential", status }));
        _folder.Script("plugin", $"cat {_folder["status"]}\n");
        using var cluster = Cluster(_folder.Write("config", KubeconfigText.One(admin.Cluster.Server.AbsoluteUri,
            $"certificate-authority-data: {KubeconfigText.Base64(admin.Cluster.Authorities!.ExportCertificatePems())}",
            "exec: { apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never }")));

        (await MayAsync(cluster, "delete", "nodes")).ShouldBeTrue();
    }

    [Fact]
    public async Task Send_RotatedTokenFile_IsAcceptedAgain()
    {
        var app = KubeconfigLoader.Load(RealCluster.Find("app"), "");
        var clock = new ManualClock();
        _folder.Write("token", "not-a-token");
        using var cluster = Cluster(_folder.Write("config", KubeconfigText.One(app.Cluster.Server.AbsoluteUri,
            $"certificate-authority-data: {KubeconfigText.Base64(app.Cluster.Authorities!.ExportCertificatePems())}", "tokenFile: token")), clock);

        (await cluster.GetAsync("/api/v1/namespaces/default/pods")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        _folder.Write("token", app.User.Token + "\n");
        clock.Now += TimeSpan.FromMinutes(1);

        (await cluster.GetAsync("/api/v1/namespaces/default/pods")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static string KeyPem(X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static async Task<bool> MayAsync(UpstreamCluster cluster, string verb, string resource)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cluster.Address.AbsoluteUri.TrimEnd('/') + "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
        {
            Version = HttpVersion.Version20,
            Content = JsonContent.Create(new { apiVersion = "authorization.k8s.io/v1", kind = "SelfSubjectAccessReview", spec = new { resourceAttributes = new { verb, resource, @namespace = "default" } } }),
        };
        await cluster.AuthorizeAsync(request, TestContext.Current.CancellationToken);
        using var response = await cluster.Invoker.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("status").GetProperty("allowed").GetBoolean();
    }
}
