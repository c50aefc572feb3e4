namespace KubeLens.DemoCluster.Api;

/// <summary>Event ids 7100 to 7199.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(7100, LogLevel.Error, "{Method} {Path} failed by a defect of the demo cluster")]
    public static partial void Failed(ILogger logger, string method, string path, Exception exception);
}
