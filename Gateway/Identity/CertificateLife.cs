using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Identity;

/// <summary>How long certificates live. Each is renewed when its last quarter begins.</summary>
internal static class CertificateLife
{
    public static readonly TimeSpan Authority = TimeSpan.FromDays(3650);
    public static readonly TimeSpan Server = TimeSpan.FromDays(397);
    public static readonly TimeSpan Client = TimeSpan.FromDays(365);

    public static DateTimeOffset RenewAt(X509Certificate2 certificate)
    {
        var (begin, end) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return end - ((end - begin) / 4);
    }

    /// <summary>False before its time too, as after a clock was set back.</summary>
    public static bool IsFresh(X509Certificate2 certificate, DateTimeOffset now) =>
        now >= certificate.NotBefore.ToUniversalTime() && now < RenewAt(certificate);
}
