using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Identity.Serving;

/// <summary>A certificate with its key and its chain, as read once. Never disposed: handshakes under way may hold it.</summary>
internal sealed class ServingCertificate
{
    private static readonly TimeSpan SoonEnding = TimeSpan.FromDays(30);

    private ServingCertificate(X509Certificate2 leaf, X509Certificate2Collection chain, bool isDefault)
    {
        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        (Leaf, Chain, IsDefault) = (leaf, chain, isDefault);
        DnsNames = [.. names?.EnumerateDnsNames().Distinct(StringComparer.OrdinalIgnoreCase) ?? []];
        Addresses = [.. names?.EnumerateIPAddresses().Distinct() ?? []];
    }

    public X509Certificate2 Leaf { get; }

    /// <summary>What else its file holds.</summary>
    public X509Certificate2Collection Chain { get; }

    public bool IsDefault { get; }

    /// <summary>Alternative names, wildcards among them; the common name is none, as for clients.</summary>
    public IReadOnlyList<string> DnsNames { get; }

    public IReadOnlyList<IPAddress> Addresses { get; }

    /// <exception cref="CryptographicException">The text is no pair; the message says why, without a full stop.</exception>
    public static ServingCertificate Parse(string certificatePem, string keyPem, bool isDefault)
    {
        if (keyPem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new CryptographicException("the key is encrypted, and nobody could type its password");
        }

        if (Count(certificatePem, "-----BEGIN ") != Count(certificatePem, "-----END "))
        {
            throw new CryptographicException("the certificate's file is not whole"); // what is whole of it would be taken, without its chain
        }

        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificatePem);
            var leaf = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            if (chain.Count > 0)
            {
                chain.RemoveAt(0);
            }

            return new ServingCertificate(leaf, chain, isDefault);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new CryptographicException(e.Message.TrimEnd('.'), e);
        }
    }

    public bool IsFor(string host) => DnsNames.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a wildcard stands for the first label of the host.</summary>
    public bool IsForParentOf(string host) => host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && IsFor($"*{host[dot..]}");

    public bool IsFor(IPAddress address) => Addresses.Contains(address);

    /// <returns>Null while clients accept it and will for a while yet.</returns>
    public string? TimeProblem(DateTimeOffset now)
    {
        var (begin, end) = (Leaf.NotBefore.ToUniversalTime(), Leaf.NotAfter.ToUniversalTime());
        var quarter = (end - begin) / 4;
        return now >= end ? $"has expired at {end:u}: clients refuse it"
            : now < begin ? $"is valid only from {begin:u} on: clients refuse it"
            : end - now < (quarter < SoonEnding ? quarter : SoonEnding) ? $"expires at {end:u}"
            : null;
    }

    private static int Count(string text, string part) => text.AsSpan().Count(part);
}
