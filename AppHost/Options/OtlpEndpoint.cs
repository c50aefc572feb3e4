namespace KubeLens.AppHost.Options;

/// <summary>What takes the services' telemetry, by OTLP.</summary>
/// <param name="Address">The base address, as it was given.</param>
/// <param name="IsOption">Named on the command line, so that all signals go there; else by the environment, which may say otherwise of single signals.</param>
internal sealed record OtlpEndpoint(string Address, bool IsOption)
{
    /// <summary>The value for <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>; null leaves it as it is.</summary>
    public string? Protocol { get; init; }

    /// <summary>The value for <c>OTEL_EXPORTER_OTLP_HEADERS</c>; null leaves it as it is.</summary>
    public string? Headers { get; init; }
}
