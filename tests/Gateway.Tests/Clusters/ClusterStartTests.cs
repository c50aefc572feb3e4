using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static KubeLens.Gateway.Tests.Upstream.UpstreamHarness;

namespace KubeLens.Gateway.Tests.Clusters;

public sealed class ClusterStartTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestAuthority _authority = TestAuthority.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Start_BadKubeconfig_EndsWithItsMessage()
    {
        using var host = Host(("Cluster:Kubeconfig", _folder.Write("config", "kind: Pod")));

        Should.Throw<KubeconfigException>(() => Catalog(host).Current).Message.ShouldContain("not Config");
    }

    [Fact]
    public void Start_BadOption_NamesItsKey()
    {
        using var host = Host(("Cluster:Kubeconfig", _folder.Write("config", KubeconfigText.One())), ("Cluster:ExecTimeout", "00:00:00"));

        Should.Throw<ConfigurationException>(() => Catalog(host).Current).Message.ShouldContain("Cluster:ExecTimeout");
    }

    [Fact]
    public void Start_KubeconfigAndInCluster_NamesBothKeys()
    {
        using var host = Host(("Cluster:Kubeconfig", _folder.Write("config", KubeconfigText.One())), ("Cluster:InCluster", "true"));

        Should.Throw<ConfigurationException>(() => Catalog(host).Current).Message.ShouldContain("Cluster:InCluster is true and Cluster:Kubeconfig is");
    }

    [Fact]
    public void Start_InClusterOutsideOfAPod_SaysWhatEveryPodHas()
    {
        using var host = Host(("Cluster:InCluster", "true"));

        Should.Throw<KubeconfigException>(() => Catalog(host).Current).Message.ShouldContain("$KUBERNETES_SERVICE_HOST is not set");
    }

    [Fact]
    public void Start_SkipVerify_Warns()
    {
        var log = new TestLog<ClusterCatalog>();
        using var host = Host(log, ("Cluster:Kubeconfig", _folder.Write("config", KubeconfigText.One(cluster: "insecure-skip-tls-verify: true"))));

        _ = Catalog(host).Current;

        log.Lines.ShouldContain(line => line.Id == 1001 && line.Text.Contains("insecure-skip-tls-verify", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, HealthStatus.Healthy, null)]
    [InlineData(401, HealthStatus.Degraded, "answered 401 to GET /version")]
    [InlineData(503, HealthStatus.Degraded, "answered 503")]
    public async Task Health_ClusterAnswers_SaysHow(int code, HealthStatus expected, string? words)
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        server.Answer = context =>
        {
            context.Response.StatusCode = code;
            return context.Response.WriteAsync("{}");
        };

        var entry = await HealthAsync(KubeconfigText.One(server.Address, CaData(_authority)));

        entry.Status.ShouldBe(expected);
        entry.Description.ShouldBe(words is null ? null : entry.Description);
        (entry.Description ?? "").ShouldContain(words ?? "");
    }

    [Fact]
    public async Task Health_ClusterSilent_DegradesInTime()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        server.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

        var entry = await HealthAsync(KubeconfigText.One(server.Address, CaData(_authority)));

        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Description!.ShouldContain("did not answer within 2 s");
    }

    [Theory]
    [InlineData("token: t", "cannot be reached")]
    [InlineData("tokenFile: absent", "field tokenFile")]
    public async Task Health_ClusterOrCredentialAway_Degrades(string user, string words)
    {
        var entry = await HealthAsync(KubeconfigText.One(user: user));

        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Description!.ShouldContain(words);
    }

    private static ClusterCatalog Catalog(IHost host) => host.Services.GetRequiredService<ClusterCatalog>();

    private static IHost Host(params (string Key, string Value)[] settings) => Host(null, settings);

    private static IHost Host(ILogger<ClusterCatalog>? log, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddLogging();
        builder.Services.AddUpstream().AddClusters();
        if (log is not null)
        {
            builder.Services.AddSingleton(log);
        }

        return builder.Build();
    }

    private async Task<HealthReportEntry> HealthAsync(string kubeconfig)
    {
        using var host = Host(("Cluster:Kubeconfig", _folder.Write("config", kubeconfig)));
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        return report.Entries["upstream"];
    }
}
