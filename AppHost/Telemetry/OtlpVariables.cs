using KubeLens.AppHost.Options;

namespace KubeLens.AppHost.Telemetry;

/// <summary>OpenTelemetry's variables that AppHost reads, and those that it gives to the services.</summary>
internal static class OtlpVariables
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    public const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";
    public const string Disabled = "OTEL_SDK_DISABLED";

    private static readonly string[] OfOneSignal = [.. new[] { "TRACES", "METRICS", "LOGS" }.SelectMany(signal => new[] { "ENDPOINT", "PROTOCOL", "HEADERS" }.Select(what => $"OTEL_EXPORTER_OTLP_{signal}_{what}"))];

    /// <summary>On top of the environment that services inherit; null removes a variable.</summary>
    public static IReadOnlyDictionary<string, string?> Of(OtlpEndpoint? endpoint)
    {
        // It names one service, and there are several: each has its own name.
        var variables = new Dictionary<string, string?> { ["OTEL_SERVICE_NAME"] = null };
        if (endpoint is null)
        {
            return variables;
        }

        variables[Endpoint] = endpoint.Address;
        foreach (var variable in endpoint.IsOption ? OfOneSignal : [])
        {
            variables[variable] = null;
        }

        if (endpoint.Protocol is { } protocol)
        {
            variables[Protocol] = protocol;
        }

        if (endpoint.Headers is { } headers)
        {
            variables[Headers] = headers;
        }

        return variables;
    }
}
