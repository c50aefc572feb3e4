using Microsoft.Extensions.Logging;

namespace KubeLens.ServiceDefaults;

/// <summary>Event ids 100–199.</summary>
internal static partial class ServiceDefaultsLog
{
    [LoggerMessage(100, LogLevel.Information, "The process that started this one is gone: stopping")]
    public static partial void ParentGone(this ILogger logger);

    [LoggerMessage(101, LogLevel.Warning, "The OTLP endpoint did not take the last telemetry within {Seconds} s: it is lost")]
    public static partial void TelemetryLost(this ILogger logger, double seconds);

    [LoggerMessage(102, LogLevel.Warning, "The OTLP endpoint does not take telemetry ({Reason}). Nothing else is touched by it; kubelens.telemetry.exports counts what is not taken")]
    public static partial void TelemetryNotTaken(this ILogger logger, string reason);

    [LoggerMessage(103, LogLevel.Information, "The OTLP endpoint takes telemetry again")]
    public static partial void TelemetryTaken(this ILogger logger);
}
