using KubeLens.AppHost.Tests.Support;
using KubeLens.Testing;
using Eventually = KubeLens.AppHost.Tests.Support.Eventually;

namespace KubeLens.AppHost.Tests.Telemetry;

/// <summary>All of KubeLens with a collector that its user has already.</summary>
public sealed class OtlpEndpointTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task OtlpEndpoint_Given_EveryServiceSendsThereByItsOwnName()
    {
        await using var collector = await OtlpReceiver.StartAsync(TestContext.Current.CancellationToken);
        using var system = new RunningAppHost(["--kubeconfig", Kubeconfig(), "--otlp-endpoint", collector.GrpcVariables["OTEL_EXPORTER_OTLP_ENDPOINT"]!], new Dictionary<string, string?>
        {
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",

            // What the environment says is for another program, and does not hold here.
            ["OTEL_SERVICE_NAME"] = "shell",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1",
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = "http://127.0.0.1:1",
        });
        await system.ReadyAsync();

        system.Output.Text.ShouldContain($"  Telemetry   goes to {collector.GrpcVariables["OTEL_EXPORTER_OTLP_ENDPOINT"]}\n");
        await Eventually.TrueAsync(() => Names(collector).IsSupersetOf(["gateway", "store", "portal"]), () => $"only {string.Join(", ", Names(collector))}\n{system.Output.Text}");
        Names(collector).ShouldNotContain("shell");
        await system.StopAsync();
    }

    private static HashSet<string> Names(OtlpReceiver collector) => [.. collector.Metrics.Select(metric => metric.Resource["service.name"])];

    // Nobody answers there; what is told of a cluster does not matter here.
    private string Kubeconfig() => _home.Write("kubeconfig", """
        apiVersion: v1
        kind: Config
        current-context: none
        contexts: [{name: none, context: {cluster: none, user: none}}]
        clusters: [{name: none, cluster: {server: "https://127.0.0.1:1", insecure-skip-tls-verify: true}}]
        users: [{name: none, user: {token: none}}]
        """);
}
