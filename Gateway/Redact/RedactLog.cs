namespace KubeLens.Gateway.Redact;

/// <summary>Event ids 1400 to 1499.</summary>
internal static partial class RedactLog
{
    [LoggerMessage(1400, LogLevel.Information, "Fingerprint key {How}: {File}")]
    public static partial void KeyReady(ILogger logger, string file, string how);

    [LoggerMessage(1401, LogLevel.Warning, "The fingerprint key {File} is readable by other users, who could try guesses against fingerprints: chmod 600 it")]
    public static partial void KeyReadableByOthers(ILogger logger, string file);
}
