using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Upstream;

namespace KubeLens.DemoCluster.Access;

/// <summary>Set on a connection whose client showed a certificate of the cluster's own authority.</summary>
/// <param name="NotAfter">A connection may outlive its certificate; its calls may not.</param>
internal sealed record CertificateUser(DemoUser User, DateTimeOffset NotAfter)
{
    /// <summary>Of a certificate that was verified: the last CN is the name, every O a group.</summary>
    public static CertificateUser Of(X509Certificate2 certificate)
    {
        var (name, groups) = CertificateIdentity.Read(certificate.SubjectName);
        return new CertificateUser(new DemoUser(name, UserGroups.Authenticated(groups)), certificate.NotAfter.ToUniversalTime());
    }
}
