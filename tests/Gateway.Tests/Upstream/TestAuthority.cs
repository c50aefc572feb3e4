using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Tests.Upstream;

/// <summary>A certificate authority as clusters have them.</summary>
internal sealed class TestAuthority
{
    private readonly X509Certificate2 _certificate;

    private TestAuthority(X509Certificate2 certificate) => _certificate = certificate;

    public string Pem => _certificate.ExportCertificatePem() + "\n";

    public static TestAuthority Create(string name = "CN=test-ca")
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TestAuthority(Request(name, key, authority: true).CreateSelfSigned(Begin, End));
    }

    public TestAuthority Intermediate(string name) => new(Sign(Request(name, ECDsa.Create(ECCurve.NamedCurves.nistP256), authority: true, this)));

    public X509Certificate2 Server(params string[] names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        return Leaf("CN=kube-apiserver", "1.3.6.1.5.5.7.3.1", alternatives.Build());
    }

    /// <summary>As <see cref="Server"/>, down to the authority's key identifier, but signed with a key of somebody else.</summary>
    public X509Certificate2 Forged(string address)
    {
        var request = Request("CN=kube-apiserver", ECDsa.Create(ECCurve.NamedCurves.nistP256), authority: false, this);
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddIpAddress(IPAddress.Parse(address));
        request.Request.CertificateExtensions.Add(alternatives.Build());
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = request.Request.Create(_certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(other), Begin.AddMinutes(1), End.AddMinutes(-1), [1, 2, 3]);
        return certificate.CopyWithPrivateKey(request.Key);
    }

    public X509Certificate2 Client(string subject, DateTimeOffset? end = null) => Leaf(subject, "1.3.6.1.5.5.7.3.2", null, end);

    public static string KeyPem(X509Certificate2 certificate) => certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";

    public static string Pair(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n" + KeyPem(certificate);

    private static DateTimeOffset Begin => TimeProvider.System.GetUtcNow().AddDays(-10);

    private static DateTimeOffset End => TimeProvider.System.GetUtcNow().AddDays(10);

    private X509Certificate2 Leaf(string subject, string purpose, X509Extension? extension, DateTimeOffset? end = null)
    {
        var request = Request(subject, ECDsa.Create(ECCurve.NamedCurves.nistP256), authority: false, this);
        request.Request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (extension is not null)
        {
            request.Request.CertificateExtensions.Add(extension);
        }

        return Sign(request, end);
    }

    private X509Certificate2 Sign((CertificateRequest Request, ECDsa Key) request, DateTimeOffset? end = null)
    {
        // An intermediate that was made a moment ago may end a second earlier than what is signed now.
        var last = new DateTimeOffset(_certificate.NotAfter);
        using var certificate = request.Request.Create(_certificate, Begin.AddMinutes(1), end ?? (End.AddMinutes(-1) < last ? End.AddMinutes(-1) : last), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(request.Key);
    }

    private static CertificateRequest Request(string subject, ECDsa key, bool authority)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static (CertificateRequest Request, ECDsa Key) Request(string subject, ECDsa key, bool authority, TestAuthority signer)
    {
        var request = Request(subject, key, authority);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(signer._certificate, true, false));
        return (request, key);
    }
}
