using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubelets;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Kubelets;

public sealed class KubeletStartTests : IDisposable
{
    private const string Node = "Kubelets:worker-1";

    private readonly TestFolder _folder = new();
    private readonly TestAuthority _authority = TestAuthority.Create();

    public KubeletStartTests()
    {
        var client = _authority.Client("CN=kubelet-client");
        _folder.Write("config", KubeconfigText.One());
        _folder.Write("client.crt", client.ExportCertificatePem());
        _folder.Write("client.key", TestAuthority.KeyPem(client));
        _folder.Write("ca.crt", _authority.Pem);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Start_Complete_HasIt()
    {
        using var host = Host(Good());

        using var catalog = host.Services.GetRequiredService<KubeletCatalog>();

        catalog.ShouldNotBeNull();
        host.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.ClusterHosts.ShouldContain("worker-1.example");
    }

    [Theory]
    [InlineData("Address", "10.0.0.1:10250", "Kubelets:worker-1:Address is \"10.0.0.1:10250\": give the kubelet's address, as https://worker-1:10250")]
    [InlineData("Address", "http://10.0.0.1:10250", "Kubelets:worker-1:Address")]
    [InlineData("Address", "https://10.0.0.1:10250/metrics", "Kubelets:worker-1:Address")]
    [InlineData("KeyFile", "", "Kubelets:worker-1:CertificateFile and Kubelets:worker-1:KeyFile belong together")]
    [InlineData("TokenFile", "token", "Kubelets:worker-1:CertificateFile and Kubelets:worker-1:TokenFile are both set")]
    [InlineData("Cluster", "nowhere", "Kubelets:worker-1:Cluster is \"nowhere\": there is no such cluster")]
    [InlineData("Hosts:0", "https://x", "Kubelets:worker-1:Hosts has \"https://x\"")]
    [InlineData("Hosts:0", "prod.example", "Kubelets:worker-1:Hosts and Clusters:prod:Hosts both have \"prod.example\"")]
    [InlineData("AuthorityFile", "/nowhere/ca.crt", "Kubelets:worker-1:AuthorityFile is /nowhere/ca.crt, which cannot be read")]
    public void Start_BadSetting_NamesItsKeyAndTheFix(string key, string value, string problem)
    {
        var settings = Good();
        settings[$"{Node}:{key}"] = value;

        ShouldFail(settings, problem);
    }

    [Fact]
    public void Start_FileWithoutCertificate_NamesIt()
    {
        var settings = Good();
        settings[$"{Node}:CertificateFile"] = _folder.Write("empty", "nothing");

        ShouldFail(settings, $"Kubelets:worker-1:CertificateFile is {_folder["empty"]}, which holds no certificate");
    }

    [Theory]
    [InlineData("credential", true)]
    [InlineData("impersonate", true)]
    [InlineData("passthrough", false)]
    public void Start_NoCredential_IsEnoughWhereCallersBringTheirOwn(string mode, bool fails)
    {
        var settings = Good();
        settings["Cluster:Identity"] = mode;
        settings[$"{Node}:CertificateFile"] = settings[$"{Node}:KeyFile"] = "";

        if (fails)
        {
            ShouldFail(settings, $"Kubelets:worker-1 has no credential of its own, which Cluster:Identity={mode} needs: set CertificateFile and KeyFile, or TokenFile");
            return;
        }

        using var host = Host(settings);
        Should.NotThrow(() => host.Services.GetRequiredService<KubeletCatalog>());
    }

    [Fact]
    public void Start_TwoWithOneHost_NamesBoth()
    {
        var settings = Good();
        settings["Kubelets:worker-2:Address"] = "https://10.0.0.2:10250";
        settings["Kubelets:worker-2:Hosts:0"] = "worker-1.example";

        ShouldFail(settings, "Kubelets:worker-1:Hosts and Kubelets:worker-2:Hosts both have \"worker-1.example\"");
    }

    private static void ShouldFail(Dictionary<string, string?> settings, string problem)
    {
        using var host = Host(settings);

        Should.Throw<ConfigurationException>(() => host.Services.GetRequiredService<KubeletCatalog>()).Message.ShouldContain(problem);
    }

    private static IHost Host(Dictionary<string, string?> settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging();
        builder.Services.AddUpstream().AddClusters().AddGatewayIdentity();
        return builder.Build();
    }

    private Dictionary<string, string?> Good() => new()
    {
        ["Gateway:Home"] = _folder["home"],
        ["Cluster:Kubeconfig"] = _folder["config"],
        ["Clusters:prod:Hosts:0"] = "prod.example",
        [$"{Node}:Address"] = "https://10.0.0.1:10250",
        [$"{Node}:AuthorityFile"] = _folder["ca.crt"],
        [$"{Node}:CertificateFile"] = _folder["client.crt"],
        [$"{Node}:KeyFile"] = _folder["client.key"],
        [$"{Node}:Hosts:0"] = "worker-1.example",
    };
}
