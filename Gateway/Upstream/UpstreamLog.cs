namespace KubeLens.Gateway.Upstream;

/// <summary>Event ids 1000 to 1049.</summary>
internal static partial class UpstreamLog
{
    [LoggerMessage(1000, LogLevel.Information, "Forwarding to cluster {Cluster} at {Address}: context {Context}, user {User}, identity {Mode}")]
    public static partial void ForwardingTo(this ILogger logger, string cluster, Uri address, string context, string user, string mode);

    [LoggerMessage(1001, LogLevel.Warning, "Cluster {Cluster} has insecure-skip-tls-verify: whoever is on the way can read and change every call and take the credential. Set certificate-authority instead")]
    public static partial void TlsNotVerified(this ILogger logger, string cluster);

    [LoggerMessage(1002, LogLevel.Warning, "Cluster {Cluster} is reached without TLS at {Address}: calls and credential travel in the clear")]
    public static partial void NotEncrypted(this ILogger logger, string cluster, Uri address);

    [LoggerMessage(1003, LogLevel.Warning, "The client certificate of user {User} expired at {Expires:O}: the cluster will refuse it. Get a new kubeconfig")]
    public static partial void ClientCertificateExpired(this ILogger logger, string user, DateTime expires);

    [LoggerMessage(1004, LogLevel.Warning, "The token file {Path} cannot be read again, the last token stays in use: {Problem}")]
    public static partial void TokenFileUnreadable(this ILogger logger, string path, string problem);

    [LoggerMessage(1005, LogLevel.Information, "The cluster refused the exec plugin's credential: the plugin runs again for the next call")]
    public static partial void ExecCredentialRefused(this ILogger logger);

    [LoggerMessage(1006, LogLevel.Warning, "The exec plugin did not renew the credential before it expires, trying again: {Problem}")]
    public static partial void ExecRefreshFailed(this ILogger logger, string problem);
}
