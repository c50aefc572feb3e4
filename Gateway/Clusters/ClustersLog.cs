namespace KubeLens.Gateway.Clusters;

/// <summary>Event ids 1450 to 1499.</summary>
internal static partial class ClustersLog
{
    [LoggerMessage(1450, LogLevel.Information, "Cluster {Cluster} is also served below {Path} and by the host names [{Hosts}]")]
    public static partial void AlsoServed(this ILogger logger, string cluster, string path, string hosts);

    [LoggerMessage(1451, LogLevel.Information, "Cluster {Cluster} of {Key} is served no more as it was: its running calls go on")]
    public static partial void ClusterGone(this ILogger logger, string cluster, string key);

    [LoggerMessage(1452, LogLevel.Error, "{Key} cannot be used as it is now; what was there before stays in use: {Problem}")]
    public static partial void ClusterNotRenewed(this ILogger logger, string key, string problem);

    [LoggerMessage(1453, LogLevel.Error, "The clusters cannot be read again; what was there before stays in use: {Problem}")]
    public static partial void ReloadFailed(this ILogger logger, string problem);
}
