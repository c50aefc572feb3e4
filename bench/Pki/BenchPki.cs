using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Bench.Pki;

/// <summary>A CA of our own with one server and one client certificate (ECDSA P-256), in memory and as PEM files.</summary>
internal sealed class BenchPki
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly X509Certificate2 _signing;

    public BenchPki(string folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bench-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _signing = request.CreateSelfSigned(time.GetUtcNow().AddHours(-1), time.GetUtcNow().AddDays(1));
        Authority = X509CertificateLoader.LoadCertificate(_signing.RawData);
        File.WriteAllText(AuthorityFile, Authority.ExportCertificatePem());
        Server = Issue("server", "1.3.6.1.5.5.7.3.1", withNames: true);
        Client = Issue("client", "1.3.6.1.5.5.7.3.2", withNames: false);
    }

    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server { get; }

    public X509Certificate2 Client { get; }

    public string AuthorityFile => Path.Combine(_folder, "ca.crt");

    public string ServerCertificateFile => Path.Combine(_folder, "server.crt");

    public string ServerKeyFile => Path.Combine(_folder, "server.key");

    private X509Certificate2 Issue(string name, string usage, bool withNames)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (withNames)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        using var certificate = request.Create(_signing, _time.GetUtcNow().AddHours(-1), _time.GetUtcNow().AddHours(20), RandomNumberGenerator.GetBytes(16));
        File.WriteAllText(Path.Combine(_folder, $"{name}.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, $"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate.CopyWithPrivateKey(key);
    }
}
