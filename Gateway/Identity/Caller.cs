using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity;

/// <summary>The caller behind a connection, by the certificate that the gateway issued.</summary>
/// <param name="NotAfter">A connection may outlive its certificate; its calls may not.</param>
internal sealed record Caller(string Name, DateTimeOffset NotAfter) : ICallerFeature
{
    /// <summary>Of a certificate that was verified.</summary>
    public static Caller Of(X509Certificate2 certificate) => new(CertificateIdentity.Read(certificate.SubjectName).User, certificate.NotAfter.ToUniversalTime());
}
