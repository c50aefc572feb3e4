using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Identity;

/// <summary>Makes certificates; keeps nothing.</summary>
internal static class CertificateMaker
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private const int MaxCommonName = 64; // X.520

    // Clocks of two machines differ a little.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <param name="purpose">The only extended key usage below it.</param>
    public static X509Certificate2 Authority(X500DistinguishedName subject, ECDsa key, string purpose, X509Extension? constraints, DateTimeOffset now, TimeSpan life)
    {
        var request = Request(subject, key, purpose, X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        if (constraints is not null)
        {
            request.CertificateExtensions.Add(constraints);
        }

        return request.CreateSelfSigned(now - Skew, now + life);
    }

    public static X509Certificate2 Server(X509Certificate2 authority, ECDsa key, IReadOnlyList<string> names, DateTimeOffset now, TimeSpan life, string organization = "KubeLens gateway")
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

        // For people only, since clients look at the alternative names. An address would count as a name there, and be one that the authority may not sign.
        var common = names[0].Length <= MaxCommonName && !IPAddress.TryParse(names[0], out _) ? $"CN={names[0]}, " : "";
        var request = Request(new X500DistinguishedName($"{common}O={organization}"), key, ServerAuthentication, X509KeyUsageFlags.DigitalSignature);
        request.CertificateExtensions.Add(alternatives.Build());
        return Sign(request, authority, key, now, life);
    }

    public static X509Certificate2 Client(X509Certificate2 authority, ECDsa key, string user, IEnumerable<string> groups, DateTimeOffset now, TimeSpan life)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(user);
        foreach (var group in groups)
        {
            subject.AddOrganizationName(group);
        }

        return Sign(Request(subject.Build(), key, ClientAuthentication, X509KeyUsageFlags.DigitalSignature), authority, key, now, life);
    }

    private static CertificateRequest Request(X500DistinguishedName subject, ECDsa key, string purpose, X509KeyUsageFlags usage)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static X509Certificate2 Sign(CertificateRequest request, X509Certificate2 authority, ECDsa key, DateTimeOffset now, TimeSpan life)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        // By key, not by serial number: a renewed authority keeps its key, and what the former one signed stays good.
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        DateTimeOffset end = authority.NotAfter.ToUniversalTime();
        using var signed = request.Create(authority, Later(now - Skew, authority.NotBefore.ToUniversalTime()), now + life < end ? now + life : end, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
