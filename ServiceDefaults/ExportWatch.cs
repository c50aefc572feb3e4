using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeLens.ServiceDefaults;

/// <summary>
/// Counts exports that a collector did not take, and says so once: OpenTelemetry's exporter tells of them only by events of its own
/// (event source <c>OpenTelemetry-Exporter-OpenTelemetryProtocol</c>). What its queues drop is in <c>otel.sdk.processor.*.processed</c>.
/// </summary>
internal sealed class ExportWatch : EventListener, IHostedService
{
    public const string MeterName = "KubeLens.Telemetry";

    private const string Source = "OpenTelemetry-Exporter-OpenTelemetryProtocol", Success = "ExportSuccess", Other = "_OTHER";

    // The exporter's events that end an export, each in our word. One failed export raises one of them.
    private static readonly Dictionary<string, string> Failures = new(StringComparer.Ordinal)
    {
        ["FailedToReachCollector"] = "unreachable",
        ["TransientHttpError"] = "unreachable", // by gRPC
        ["HttpRequestFailed"] = "refused",
        ["ExportFailure"] = "refused", // by gRPC
        ["RequestTimedOut"] = "timeout",
        ["OperationUnexpectedlyCanceled"] = "canceled",
        ["ExportMethodException"] = Other,
        ["BatchDroppedDueToSerializationFailure"] = "not_encodable",
        ["RequestDiscardedDueToSizeLimit"] = "too_large",
    };

    private readonly Counter<long>? _exports;
    private readonly ILogger<ExportWatch>? _logger;
    private int _isTroubled;

    public ExportWatch(IMeterFactory meters, ILogger<ExportWatch> logger)
    {
        _logger = logger;
        _exports = meters.Create(MeterName).CreateCounter<long>("kubelens.telemetry.exports", "{export}", "Exports to the OTLP endpoint, with error.type where it did not take them.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == Success)
        {
            _exports?.Add(1);
            if (Interlocked.Exchange(ref _isTroubled, 0) == 1)
            {
                _logger?.TelemetryTaken();
            }
        }
        else if (eventData.EventName is { } name && Failures.TryGetValue(name, out var reason))
        {
            _exports?.Add(1, new KeyValuePair<string, object?>("error.type", reason));
            if (Interlocked.Exchange(ref _isTroubled, 1) == 0)
            {
                _logger?.TelemetryNotTaken(reason);
            }
        }
    }
}
