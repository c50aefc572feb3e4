namespace KubeLens.Gateway.Redact;

/// <summary>Event ids 1400 to 1499.</summary>
internal static partial class RedactLog
{
    [LoggerMessage(1400, LogLevel.Information, "Fingerprint key {How}: {File}")]
    public static partial void KeyReady(ILogger logger, string file, string how);

    [LoggerMessage(1401, LogLevel.Warning, "The fingerprint key {File} is readable by other users, who could try guesses against fingerprints: chmod 600 it")]
    public static partial void KeyReadableByOthers(ILogger logger, string file);

    [LoggerMessage(1402, LogLevel.Information, "The redaction rules have changed: they hold for calls that end from now on")]
    public static partial void RulesChanged(ILogger logger);

    [LoggerMessage(1403, LogLevel.Error, "The redaction rules cannot be used as they are now; the former ones stay in force: {Problem}")]
    public static partial void RulesNotRenewed(ILogger logger, string problem);
}
