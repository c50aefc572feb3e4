using System.Globalization;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Telemetry;

/// <summary>A collector that is away, never answers or refuses: calls do not notice, and counters tell.</summary>
public sealed class TroubledCollectorTests
{
    private const int Calls = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("absent", "http/protobuf", "unreachable")]
    [InlineData("absent", "grpc", "unreachable")]
    [InlineData("hangs", "http/protobuf", "timeout")]
    [InlineData("hangs", "grpc", "timeout")]
    [InlineData("rejects", "http/protobuf", "refused")]
    [InlineData("rejects", "grpc", "refused")]
    public async Task Collector_InTrouble_CostsTelemetryAlone_AndIsCounted(string trouble, string protocol, string reason)
    {
        await using var gateway = new Gateway(trouble, protocol);
        await gateway.InitializeAsync();
        gateway.Upstream.Script = context => context.Response.WriteAsync("{}", Cancel);
        using var client = gateway.Client();
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(async i => (await client.GetStringAsync($"/api/v1/namespaces/troubled/pods/p{i}", Cancel)).ShouldBe("{}")));

        await Eventually.Async(() => gateway.Sink.Matching(call => call.Namespace == "troubled").Count == Calls, Cancel, what: "every record");
        await Eventually.SucceedsAsync(async () => (await LinesAsync(client, "kubelens_telemetry_exports_total")).ShouldContain(line => line.Contains($"error_type=\"{reason}\"", StringComparison.Ordinal)), Cancel);
        (await SumAsync(client, "k8s_api_requests_total", "k8s_api_resource=\"pods\"")).ShouldBe(Calls);
        if (trouble == "hangs")
        {
            (await SumAsync(client, "otel_sdk_processor_span_processed_total", "error_type=\"queue_full\"")).ShouldBeGreaterThan(0);
        }

        await Eventually.Async(() => gateway.Process.Lines.Any(line => line.Contains("does not take telemetry", StringComparison.Ordinal)), Cancel, what: "the warning");
        gateway.Process.Lines.Count(line => line.Contains("does not take telemetry", StringComparison.Ordinal)).ShouldBe(1);
        gateway.Process.Lines.ShouldNotContain(line => line.Contains("Exception", StringComparison.Ordinal));
        if (trouble != "absent")
        {
            var failed = await SumAsync(client, "kubelens_telemetry_exports_total", "error_type");
            failed.ShouldBeInRange(1, gateway.Collector.Refusals, "each of them is counted once");
            gateway.Collector.Mood = OtlpReceiverMood.Takes;
            var call = await gateway.CallAsync(HttpMethod.Get, "/api/v1/namespaces/recovered/pods", _ => Task.CompletedTask);
            call.Server["k8s.namespace.name"].ShouldBe("recovered");
            await Eventually.Async(() => gateway.Process.Lines.Any(line => line.Contains("takes telemetry again", StringComparison.Ordinal)), Cancel, what: "the good news");
        }
    }

    // The sum of the lines of a metric that have such a label.
    private static async Task<double> SumAsync(HttpClient client, string metric, string label) => (await LinesAsync(client, metric))
        .Where(line => line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));

    private static async Task<IReadOnlyList<string>> LinesAsync(HttpClient client, string metric) =>
        [.. (await client.GetStringAsync("/health/metrics", Cancel)).Split('\n').Where(line => line.StartsWith($"{metric}{{", StringComparison.Ordinal))];

    private sealed class Gateway : TelemetryGateway
    {
        private readonly string _trouble, _protocol;

        public Gateway(string trouble, string protocol)
        {
            (_trouble, _protocol) = (trouble, protocol);
            Settings["Telemetry__Prometheus"] = "loopback";
            Settings["OTEL_EXPORTER_OTLP_TIMEOUT"] = "300";
            Settings["OTEL_BSP_MAX_QUEUE_SIZE"] = Settings["OTEL_BSP_MAX_EXPORT_BATCH_SIZE"] = "16";
        }

        private protected override Dictionary<string, string> Variables => _trouble == "absent"
            ? new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{Ports.Free()}", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = _protocol }
            : _protocol == "grpc" ? Collector.GrpcVariables : Collector.Variables;

        public override async ValueTask InitializeAsync()
        {
            await StartCollectorAsync();
            Collector.Mood = _trouble switch
            {
                "hangs" => OtlpReceiverMood.Hangs,
                "rejects" => OtlpReceiverMood.Rejects,
                _ => OtlpReceiverMood.Takes,
            };
            await base.InitializeAsync();
        }
    }
}
