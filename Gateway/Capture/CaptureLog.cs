namespace KubeLens.Gateway.Capture;

/// <summary>Event ids 1500–1599.</summary>
internal static partial class CaptureLog
{
    [LoggerMessage(1500, LogLevel.Error, "A body of {Verb} {Resource} could not be redacted and was not kept")]
    public static partial void RedactionFailed(ILogger log, Exception exception, string verb, string resource);

    [LoggerMessage(1501, LogLevel.Debug, "The Store did not take the state of {Calls} calls in flight, it is told again later: {Reason}")]
    public static partial void OpenNotTaken(ILogger log, int calls, string reason);

    [LoggerMessage(1520, LogLevel.Information, "The capture policy has changed: it holds for calls from now on")]
    public static partial void PolicyChanged(this ILogger log);

    [LoggerMessage(1521, LogLevel.Error, "The capture policy cannot be used as it is now; the former one stays in force: {Problem}")]
    public static partial void PolicyNotRenewed(this ILogger log, string problem);

    [LoggerMessage(1522, LogLevel.Warning, "Capture policy: {Warning}")]
    public static partial void PolicyDoubtful(this ILogger log, string warning);
}
