namespace KubeLens.AppHost;

/// <summary>Something a person can put right. The message says what and how; it is printed without a stack trace.</summary>
internal sealed class AppHostException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
