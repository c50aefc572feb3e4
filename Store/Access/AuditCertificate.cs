using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeLens.Store.Hosting;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>
/// What the Store shows on <c>Audit:Port</c>: self-signed, for this machine, made at first use beside the tokens. The kubeconfig of a token
/// carries it, since an apiserver sends a token over https only.
/// </summary>
internal sealed class AuditCertificate(IOptions<AccessOptions> options, TimeProvider time)
{
    private const string Name = "CN=KubeLens Store";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int Years = 10;

    private string File => Path.Combine(options.Value.AuditTokenFolder, "tls.pem");

    /// <summary>With its key.</summary>
    public X509Certificate2 Load()
    {
        Make();
        return X509Certificate2.CreateFromPemFile(File);
    }

    /// <summary>What callers trust.</summary>
    public string Pem()
    {
        using var certificate = Load();
        return certificate.ExportCertificatePem();
    }

    // Written apart and moved: another process never reads half of it, and whoever is first wins.
    private void Make()
    {
        if (System.IO.File.Exists(File))
        {
            return;
        }

        OwnerFile.CreateFolder(options.Value.AuditTokenFolder);
        var temporary = $"{File}.{Guid.NewGuid():N}";
        using (var file = OwnerFile.Open(temporary, FileMode.CreateNew))
        {
            file.Write(Encoding.ASCII.GetBytes(Create()));
        }

        try
        {
            System.IO.File.Move(temporary, File, overwrite: false);
        }
        catch (IOException) when (System.IO.File.Exists(File))
        {
            System.IO.File.Delete(temporary);
        }
    }

    private string Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
