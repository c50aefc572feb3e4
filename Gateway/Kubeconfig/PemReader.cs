using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Kubeconfig;

/// <summary>Certificates and keys out of PEM text.</summary>
internal static class PemReader
{
    public static X509Certificate2Collection Authorities(KubeconfigNode node, PemField pem) => Authorities(pem.Text, problem => node.Error(pem.Field, problem));

    public static X509Certificate2Collection Authorities(string pem, Func<string, Exception> bad) => Certificates(pem, bad);

    public static ClientCertificate Client(KubeconfigNode node, PemField certificate, PemField key) =>
        Client(certificate.Text, key.Text, problem => node.Error(certificate.Field, problem), problem => node.Error(key.Field, problem));

    /// <exception cref="ConfigurationException">One of them cannot be used.</exception>
    public static X509Certificate2Collection Authorities(PemFile file) => Authorities(file.Read(), file.Bad);

    /// <exception cref="ConfigurationException">One of them cannot be used.</exception>
    public static ClientCertificate Client(PemFile certificate, PemFile key) => Client(certificate.Read(), key.Read(), certificate.Bad, key.Bad);

    /// <summary>Pairs a certificate (leaf first, intermediates after it) with its key.</summary>
    public static ClientCertificate Client(string certificatePem, string keyPem, Func<string, Exception> badCertificate, Func<string, Exception> badKey)
    {
        var chain = Certificates(certificatePem, badCertificate);
        if (!keyPem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw badKey("holds no private key (-----BEGIN … PRIVATE KEY-----).");
        }

        if (keyPem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw badKey("is encrypted with a passphrase, which a kubeconfig cannot hold. Decrypt it with: openssl pkey -in KEY -out KEY");
        }

        try
        {
            var leaf = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            chain[0].Dispose();
            chain.RemoveAt(0);
            return new ClientCertificate(leaf, chain);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw badKey($"cannot be used with the client certificate {chain[0].Subject}: the key is damaged or belongs to another certificate ({e.Message.TrimEnd('.')}).");
        }
    }

    private static X509Certificate2Collection Certificates(string pem, Func<string, Exception> bad)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw bad($"holds a damaged certificate ({e.Message.TrimEnd('.')}).");
        }

        return certificates.Count > 0 ? certificates : throw bad("holds no certificate (-----BEGIN CERTIFICATE-----).");
    }
}
