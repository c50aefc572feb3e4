using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>The configured authorities whose client certificates count; read at the start, where a bad file ends it.</summary>
internal sealed class ClientAuthorities(IOptions<IdentityOptions> options)
{
    public X509Certificate2Collection Certificates { get; } = Load(options.Value.ClientCaFile);

    private static X509Certificate2Collection Load(string file)
    {
        var certificates = new X509Certificate2Collection();
        if (file.Length == 0)
        {
            return certificates;
        }

        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigurationException($"{IdentityOptions.Section}:{nameof(IdentityOptions.ClientCaFile)} is {file}, which cannot be read: {e.Message.TrimEnd('.')}. Give a file of PEM certificates.", e);
        }

        return certificates.Count > 0
            ? certificates
            : throw new ConfigurationException($"{IdentityOptions.Section}:{nameof(IdentityOptions.ClientCaFile)} is {file}, which holds no certificate. Give a file of PEM certificates.");
    }
}
