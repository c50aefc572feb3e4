using KubeLens.AppHost.Options;
using KubeLens.AppHost.Processes;
using KubeLens.AppHost.State;
using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost.Telemetry;

/// <summary>What telemetry adds to what runs, and to what is said of it.</summary>
internal sealed record TelemetryParts
{
    /// <summary>They start before the services and end after them, whose last telemetry they take.</summary>
    public IReadOnlyList<Resource> Resources { get; init; } = [];

    /// <summary>For every service, on top of its environment.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = OtlpVariables.Of(endpoint: null);

    /// <summary>Template of the address at which a trace is shown; null where nobody shows any.</summary>
    public string? TraceUrl { get; init; }

    /// <summary>For the ready block.</summary>
    public IReadOnlyList<ReadyLine> Lines { get; init; } = [];

    public static TelemetryParts Of(AppHostOptions options, StateFolder state, Action<string> report)
    {
        if (options.Ports.Dashboard != 0)
        {
            var dashboard = new AspireDashboard(options.Ports, state.Dashboard, report);
            return new TelemetryParts
            {
                Resources = [dashboard.Resource],
                Variables = OtlpVariables.Of(dashboard.Endpoint),
                TraceUrl = dashboard.TraceUrl,
                Lines = [new ReadyLine("Dashboard", dashboard.Link)],
            };
        }

        if (options.Jaeger is { } jaeger)
        {
            return Jaeger.Parts(jaeger, options.Ports);
        }

        return options.Otlp is { } endpoint
            ? new TelemetryParts { Variables = OtlpVariables.Of(endpoint), Lines = [new ReadyLine("Telemetry", $"goes to {endpoint.Address}")] }
            : new TelemetryParts();
    }
}
