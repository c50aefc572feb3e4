using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Options;
using KubeLens.AppHost.Processes;
using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost.Telemetry;

/// <summary>Jaeger 2 from PATH, on loopback, with <c>observability/jaeger/jaeger.yaml</c>; else the collector and the Jaeger of <c>observability/compose.yaml</c>, whenever they are started.</summary>
internal static class Jaeger
{
    public static readonly string[] Programs = ["jaeger"];

    private const int ComposePort = 16686, ComposeOtlpPort = 4317;

    public static TelemetryParts Parts(OnPath jaeger, Ports ports)
    {
        var isHere = jaeger.Program is not null;
        var address = $"http://127.0.0.1:{(isHere ? ports.Jaeger : ComposePort)}";
        return new TelemetryParts
        {
            Resources = jaeger.Program is { } program ? [Resource(program, address, ports)] : [],
            Variables = OtlpVariables.Of(new OtlpEndpoint($"http://127.0.0.1:{(isHere ? ports.Otlp : ComposeOtlpPort)}", IsOption: true) { Protocol = "grpc" }),
            TraceUrl = $"{address}/trace/{{traceId}}",
            Lines = [new ReadyLine("Jaeger", isHere ? address : $"is not on PATH. At {address} after: {OnPath.Compose}")],
        };
    }

    private static Resource Resource(string program, string address, Ports ports) =>
        new("jaeger", Colour.None, _ => Task.FromResult(HeldShell.Run([program, "--config", Path.Combine(OnPath.Observability, "jaeger", "jaeger.yaml")])), new HttpProbe(new Uri($"{address}/")))
        {
            Environment = new Dictionary<string, string?>
            {
                ["KUBELENS_JAEGER_PORT"] = $"{ports.Jaeger}",
                ["KUBELENS_JAEGER_GRPC_PORT"] = "0", // nobody asks it; any free one
                ["KUBELENS_OTLP_PORT"] = $"{ports.Otlp}",

                // It would tell of itself, too.
                [OtlpVariables.Endpoint] = null,
                ["OTEL_TRACES_SAMPLER"] = "always_off",
            },
            WhenNotReady = "Its own lines tell why; it has to be a Jaeger 2.",
        };
}
