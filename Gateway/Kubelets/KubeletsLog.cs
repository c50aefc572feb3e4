namespace KubeLens.Gateway.Kubelets;

/// <summary>Event ids 1440 to 1449.</summary>
internal static partial class KubeletsLog
{
    [LoggerMessage(1440, LogLevel.Information, "The kubelet of node {Node} of cluster {Cluster}, {Address}, is served below {Path}")]
    public static partial void KubeletServed(this ILogger logger, string node, string cluster, Uri address, string path);
}
