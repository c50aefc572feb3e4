namespace KubeLens.Portal.Hosting;

/// <summary>Everything the portal logs. Ids: 1xx sign-in, 2xx Store.</summary>
internal static partial class PortalLog
{
    [LoggerMessage(100, LogLevel.Information, "Signed in as {Role} until {ExpiresAt:u}")]
    public static partial void SignedIn(this ILogger logger, string role, DateTimeOffset expiresAt);

    [LoggerMessage(101, LogLevel.Warning, "A sign-in link was refused: it was used before or is not ours")]
    public static partial void SignInRefused(this ILogger logger);

    [LoggerMessage(200, LogLevel.Warning, "The Store did not answer {Path}: {Reason} (correlation {CorrelationId})")]
    public static partial void StoreFailed(this ILogger logger, string path, string reason, string correlationId, Exception? exception);
}
