namespace KubeLens.Gateway.Proxy;

/// <summary>Event ids 1600–1699.</summary>
internal static partial class ProxyLog
{
    [LoggerMessage(1600, LogLevel.Warning, "Cluster {Cluster} at {Address} could not be reached: {Reason}")]
    public static partial void Unreachable(ILogger log, string cluster, Uri address, string reason);

    [LoggerMessage(1601, LogLevel.Error, "No credential for cluster {Cluster}: {Reason}")]
    public static partial void NoCredential(ILogger log, string cluster, string reason);
}
