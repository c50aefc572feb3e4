using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Testing;

/// <summary>The certificates of one local apiserver, as PEM files in a folder.</summary>
internal sealed class LocalPki
{
    private readonly string _folder;
    private readonly DateTimeOffset _made;
    private readonly X509Certificate2 _authority;

    public LocalPki(string folder, TimeProvider time)
    {
        _folder = folder;
        _made = time.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _authority = request.CreateSelfSigned(From, To);
        Write("ca", _authority, key);
    }

    // One moment for all: a certificate may not outlive the authority by the second in which it was made.
    private DateTimeOffset From => _made.AddHours(-1);

    private DateTimeOffset To => _made.AddDays(30);

    public string Certificate(string name) => Path.Combine(_folder, $"{name}.crt");

    public string Key(string name) => Path.Combine(_folder, $"{name}.key");

    public void CreateClient(string name, string subject) => Create(name, subject, "1.3.6.1.5.5.7.3.2", null);

    public void CreateServer(string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("kubernetes.default.svc");
        names.AddIpAddress(IPAddress.Loopback);
        Create(name, $"CN={name}", "1.3.6.1.5.5.7.3.1", names);
    }

    /// <summary>The key pair that signs service account tokens.</summary>
    public void CreateTokenKey(string name)
    {
        using var key = RSA.Create(2048);
        File.WriteAllText(Key(name), key.ExportPkcs8PrivateKeyPem());
    }

    private void Create(string name, string subject, string usage, SubjectAlternativeNameBuilder? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        using var certificate = request.Create(_authority, From, To, RandomNumberGenerator.GetBytes(16));
        Write(name, certificate, key);
    }

    private void Write(string name, X509Certificate2 certificate, ECDsa key)
    {
        File.WriteAllText(Certificate(name), certificate.ExportCertificatePem());
        File.WriteAllText(Key(name), key.ExportPkcs8PrivateKeyPem());
    }
}
