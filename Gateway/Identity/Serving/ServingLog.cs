namespace KubeLens.Gateway.Identity.Serving;

/// <summary>Event ids 1080 to 1089.</summary>
internal static partial class ServingLog
{
    [LoggerMessage(1080, LogLevel.Information, "New connections get the certificate that {Path} holds now: {Subject}, valid until {NotAfter:O}")]
    public static partial void CertificateReloaded(this ILogger logger, string path, string subject, DateTime notAfter);

    [LoggerMessage(1081, LogLevel.Error, "{Problem} The former certificate stays in use, valid until {NotAfter:O}. Write the certificate and its own key")]
    public static partial void CertificateUnusable(this ILogger logger, string problem, DateTime notAfter);

    [LoggerMessage(1082, LogLevel.Warning, "The certificate {Path} ({Subject}) {Problem}. Put a new one there: it is picked up at once")]
    public static partial void CertificateEnds(this ILogger logger, string path, string subject, string problem);

    [LoggerMessage(1083, LogLevel.Warning, "{Key}: {Path} has no subject alternative name, and clients look at nothing else")]
    public static partial void CertificateWithoutNames(this ILogger logger, string key, string path);
}
