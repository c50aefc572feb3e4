using System.Net;

namespace KubeLens.Gateway.Identity;

/// <summary>Event ids 1050 to 1099.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(1050, LogLevel.Information, "Made {Path}: {Subject}, valid until {NotAfter:O}")]
    public static partial void CertificateMade(this ILogger logger, string path, string subject, DateTime notAfter);

    [LoggerMessage(1051, LogLevel.Warning, "{Path} could be read by others: its rights were taken back. If somebody else uses this machine, delete it and start again for a new key")]
    public static partial void KeyWasReadable(this ILogger logger, string path);

    [LoggerMessage(1052, LogLevel.Error, "The gateway's certificates could not be renewed, trying again: {Problem}")]
    public static partial void RenewalFailed(this ILogger logger, string problem);

    [LoggerMessage(1053, LogLevel.Debug, "Refused a call from {Address} with {Status}: {Problem}")]
    public static partial void CallRefused(this ILogger logger, int status, IPAddress? address, string problem);

    [LoggerMessage(1054, LogLevel.Warning, "Certificate {Serial} of {User} is revoked: its calls end now")]
    public static partial void CertificateRevoked(this ILogger logger, string serial, string user);

    [LoggerMessage(1055, LogLevel.Error, "The list of issued certificates could not be read, trying again: {Problem}")]
    public static partial void RevocationsUnreadable(this ILogger logger, string problem);

    [LoggerMessage(1056, LogLevel.Information, "Certificate {Serial} was issued to {User} ({Groups}) until {NotAfter:O}, asked by {By}")]
    public static partial void CertificateIssued(this ILogger logger, string serial, string user, string groups, DateTimeOffset notAfter, string by);

    [LoggerMessage(1058, LogLevel.Warning, "{Key} is set, but has no effect with Cluster:Identity={Mode}")]
    public static partial void SettingWithoutEffect(this ILogger logger, string key, string mode);
}
