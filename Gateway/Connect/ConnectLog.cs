namespace KubeLens.Gateway.Connect;

/// <summary>Event ids 1100 to 1149.</summary>
internal static partial class ConnectLog
{
    [LoggerMessage(1100, LogLevel.Information, "Wrote {Path}: context {Context} at {Server}")]
    public static partial void KubeconfigWritten(this ILogger logger, string path, string context, string server);

    [LoggerMessage(1101, LogLevel.Warning, "{Path} cannot be used and is written anew: {Problem}")]
    public static partial void KubeconfigReplaced(this ILogger logger, string path, string problem);

    [LoggerMessage(1102, LogLevel.Error, "The issued kubeconfig could not be renewed, trying again in an hour: {Problem}")]
    public static partial void KubeconfigNotRenewed(this ILogger logger, string problem);

    [LoggerMessage(1103, LogLevel.Error, "No certificate could be issued to {User}: {Problem}")]
    public static partial void NothingIssued(this ILogger logger, string user, string problem);
}
