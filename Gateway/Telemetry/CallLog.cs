using KubeLens.Contracts.Calls;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Telemetry;

/// <summary>
/// One log record a call, event <c>k8s.api.call</c>, for OpenTelemetry alone: no console, file or other log gets it.
/// It has what the call's span has, and no body and no header.
/// </summary>
internal sealed class CallLog(ILoggerFactory loggers, IOptions<TelemetryOptions> options)
{
    /// <summary>The logger's category, which the host's filters know.</summary>
    public const string Category = "KubeLens.Gateway.Calls";

    private static readonly EventId Event = new(1530, "k8s.api.call");

    private readonly ILogger _log = options.Value.Calls ? loggers.CreateLogger(Category) : NullLogger.Instance;

    /// <summary>Whether anybody takes them.</summary>
    public bool IsWanted => _log.IsEnabled(LogLevel.Error);

    /// <param name="tags">Of the call's end; copied.</param>
    public void Write(LogLevel level, List<KeyValuePair<string, object?>> tags, CallRecord call, string? error)
    {
        if (!_log.IsEnabled(level))
        {
            return;
        }

        List<KeyValuePair<string, object?>> state = [.. tags];
        if (!state.Exists(tag => tag.Key == TelemetryAttributes.Duration))
        {
            state.Add(new(TelemetryAttributes.Duration, call.LatencyUs / 1e6));
        }

        if (error is not null)
        {
            state.Add(new(TelemetryAttributes.ErrorType, error));
        }

        _log.Log(level, Event, state, null, static (state, _) => Describe(state));
    }

    // create pods/exec 101
    private static string Describe(List<KeyValuePair<string, object?>> state)
    {
        var (verb, resource, subresource, status) = ("", "", "", "");
        foreach (var (key, value) in state)
        {
            switch (key)
            {
                case Contracts.Otlp.CallAttributes.Verb:
                    verb = SpanNames.Verb($"{value}");
                    break;
                case Contracts.Otlp.CallAttributes.Resource:
                    resource = $" {value}";
                    break;
                case Contracts.Otlp.CallAttributes.Subresource:
                    subresource = $"/{value}";
                    break;
                case Contracts.Otlp.CallAttributes.Status:
                    status = $" {value}";
                    break;
            }
        }

        return $"{verb}{resource}{subresource}{status}";
    }
}
