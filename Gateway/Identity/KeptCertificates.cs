using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Identity;

/// <summary>Authorities of one's own and the server certificates that they sign, kept in files: loaded while they serve, made or renewed when they do not.</summary>
internal sealed class KeptCertificates(PkiFiles files)
{
    /// <summary>A renewed authority keeps its name and key: who trusts the former trusts what this one signs, and the other way round.</summary>
    /// <param name="name">Beginning of its common name; each that is made anew has a name of its own.</param>
    /// <param name="names">The only names that it may sign; null for an authority of clients.</param>
    public X509Certificate2 Authority(string file, string name, string purpose, IReadOnlyList<string>? names, DateTimeOffset now)
    {
        var former = files.Load(file);
        if (former is not null && former.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true })
        {
            throw new GatewayPkiException($"{files.PathOf(file)}: is not a certificate authority. Delete this file and start again: a new one is made, and the kubeconfig is issued anew.");
        }

        if (former is not null && CertificateLife.IsFresh(former, now) && (names is null || NameConstraints.AreThoseOf(former, names)))
        {
            return former;
        }

        using var key = former?.GetECDsaPrivateKey() ?? CertificateMaker.NewKey();
        var subject = former?.SubjectName ?? new X500DistinguishedName($"CN={name} {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}, O=KubeLens");
        var authority = CertificateMaker.Authority(subject, key, purpose, names is null ? null : NameConstraints.Permit(names), now, CertificateLife.Authority);
        files.Save(file, authority);
        return authority;
    }

    public X509Certificate2 Server(string file, X509Certificate2 authority, IReadOnlyList<string> names, string organization, DateTimeOffset now)
    {
        if (files.Load(file) is { } former && CertificateLife.IsFresh(former, now) && IsServerOf(former, authority, names))
        {
            return former;
        }

        using var key = CertificateMaker.NewKey();
        var server = CertificateMaker.Server(authority, key, names, now, CertificateLife.Server, organization);
        files.Save(file, server);
        return server;
    }

    private static bool IsServerOf(X509Certificate2 server, X509Certificate2 authority, IReadOnlyList<string> names) =>
        server.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData)
        && server.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is { } signer
        && authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } keyId
        && signer.Span.SequenceEqual(keyId.SubjectKeyIdentifierBytes.Span)
        && server.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } alternatives
        && alternatives.EnumerateDnsNames().Concat(alternatives.EnumerateIPAddresses().Select(address => address.ToString()))
            .ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(names);
}
