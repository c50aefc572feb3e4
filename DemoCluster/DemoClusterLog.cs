namespace KubeLens.DemoCluster;

/// <summary>Event ids: hosting 4000 to 4049, access 4050 to 4099, audit 4100 to 4149, pods 4150 to 4199, life 4200 to 4249.</summary>
internal static partial class DemoClusterLog
{
    [LoggerMessage(4000, LogLevel.Information, "The demo cluster listens on https://127.0.0.1:{Port}; its kubeconfigs are in {Home}")]
    public static partial void KubeconfigsWritten(this ILogger logger, string home, int port);

    [LoggerMessage(4200, LogLevel.Information, "The history was played in {Seconds:0.0} s")]
    public static partial void HistoryPlayed(this ILogger logger, double seconds);

    [LoggerMessage(4201, LogLevel.Warning, "The gateway cannot be called, so nothing happens here until it can: {Problem}")]
    public static partial void GatewayAway(this ILogger logger, string problem);

    [LoggerMessage(4100, LogLevel.Warning, "The audit webhook {Url} does not take events, trying again: {Problem}")]
    public static partial void AuditWebhookAway(this ILogger logger, Uri url, string problem);

    [LoggerMessage(4101, LogLevel.Information, "The audit webhook {Url} takes events again")]
    public static partial void AuditWebhookBack(this ILogger logger, Uri url);

    [LoggerMessage(4102, LogLevel.Error, "The audit webhook {Url} refused a batch of {Count} events, which is dropped: {Problem}")]
    public static partial void AuditBatchRefused(this ILogger logger, Uri url, int count, string problem);

    [LoggerMessage(4103, LogLevel.Warning, "{Count} audit events were not sent in the {Seconds} s that shutdown had for them")]
    public static partial void AuditEventsLeft(this ILogger logger, long count, double seconds);
}
