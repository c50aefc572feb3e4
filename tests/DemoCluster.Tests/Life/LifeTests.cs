using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access.Tokens;
using KubeLens.DemoCluster.Hosting;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Life;
using KubeLens.DemoCluster.Objects;
using KubeLens.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeLens.DemoCluster.Tests.Life;

/// <summary>The whole program, with its life and without a Store: the history is played, nobody records it.</summary>
public sealed class LifeTests : IAsyncLifetime
{
    private readonly TempFolder _home = new();
    private WebApplication _app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = DemoClusterProgram.Build(["--DemoCluster:Port=0", $"--DemoCluster:Home={_home.Path}", "--Life:Enabled=true"], builder => builder.Logging.ClearProviders());
        await _app.StartAsync(Cancel);
        await Eventually.Async(() => _app.Services.GetRequiredService<LifeState>().IsPresent, Cancel, TimeSpan.FromMinutes(1), "the present");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task History_Played_LeavesAHealthyClusterThatWentOn()
    {
        var now = _app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        (TimeProvider.System.GetUtcNow() - now).ShouldBeLessThan(TimeSpan.FromSeconds(1));

        var deployments = List("Deployment");
        deployments.Count.ShouldBeGreaterThan(15);
        foreach (var deployment in deployments)
        {
            deployment.Number("status.readyReplicas").ShouldBe(deployment.Number("spec.replicas"), deployment.Name());
        }

        // What the stories leave: applied again an hour ago, put right twenty minutes ago, a new version since.
        AgeOf("Deployment", "payments-api").ShouldBeInRange(TimeSpan.FromMinutes(57), TimeSpan.FromMinutes(60));
        AgeOf("Deployment", "checkout").ShouldBeGreaterThan(TimeSpan.FromHours(25));
        List("ConfigMap").Single(config => config.Name() == "checkout-config").Text("data.DATABASE_HOST").ShouldBe("orders-db.shop.svc");
        List("Deployment").Single(deployment => deployment.Name() == "storefront").Text("spec.template.metadata.labels.version").ShouldBe("1.43.1");

        // And a deployment that somebody makes now gets its pods, and loses them with itself.
        using var client = AdminClient();
        var made = new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["name"] = "hello" },
            ["spec"] = new JsonObject
            {
                ["replicas"] = 2,
                ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "hello" } },
                ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = "hello" } }, ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "hello", ["image"] = "hello:1" }) } },
            },
        };
        (await client.PostAsJsonAsync("/apis/apps/v1/namespaces/default/deployments", made, Cancel)).EnsureSuccessStatusCode();
        await Eventually.Async(() => Hellos().Count(pod => pod.Text("status.phase") == "Running") == 2, Cancel, what: "two running pods");
        (await client.DeleteAsync("/apis/apps/v1/namespaces/default/deployments/hello", Cancel)).EnsureSuccessStatusCode();
        await Eventually.Async(() => !Hellos().Any(), Cancel, what: "the end of the pods");
    }

    private IEnumerable<JsonObject> Hellos() => List("Pod").Where(pod => pod.Text("metadata.labels.app") == "hello");

    private IReadOnlyList<JsonObject> List(string kind) => _app.Services.GetRequiredService<IObjectStore>().List(ResourceKinds.Named(kind), "").Items;

    private TimeSpan AgeOf(string kind, string name) =>
        TimeProvider.System.GetUtcNow() - DateTimeOffset.Parse(List(kind).Single(value => value.Name() == name).Text("metadata.creationTimestamp"), System.Globalization.CultureInfo.InvariantCulture);

    private HttpClient AdminClient()
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { _app.Services.GetRequiredService<DemoPki>().Current.Authority } };
        var client = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } }) { BaseAddress = new Uri(_app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _app.Services.GetRequiredService<DemoTokens>().Issue("admin"));
        return client;
    }
}
