namespace KubeLens.Gateway.Capture;

/// <summary>Event ids 1500–1599.</summary>
internal static partial class CaptureLog
{
    [LoggerMessage(1500, LogLevel.Error, "A body of {Verb} {Resource} could not be redacted and was not kept")]
    public static partial void RedactionFailed(ILogger log, Exception exception, string verb, string resource);
}
