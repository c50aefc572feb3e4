using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Identity;

/// <summary>Certificates with their keys as PEM: one file a pair, so that no crash can part them.</summary>
/// <param name="homeKey">The setting that moves the folder, for messages.</param>
internal sealed class PkiFiles(string folder, ILogger logger, string homeKey = "Gateway:Home")
{
    public string PathOf(string name) => Path.Combine(folder, name);

    /// <returns>Null when the file is not there.</returns>
    public X509Certificate2? Load(string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            if (PrivateFiles.Close(path))
            {
                logger.KeyWasReadable(path);
            }

            var text = File.ReadAllText(path);
            var certificate = X509Certificate2.CreateFromPem(text, text);
            using var key = certificate.GetECDsaPrivateKey();
            return key is not null ? certificate : throw new CryptographicException("its key is not one for elliptic curves");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new GatewayPkiException($"{path}: is not a certificate with its key ({e.Message.TrimEnd('.')}). Delete this file and start again: a new one is made, and the kubeconfig is issued anew.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GatewayPkiException($"{path}: cannot be read ({e.Message.TrimEnd('.')}). Make it readable for the user that runs this, or set {homeKey} to another folder.", e);
        }
    }

    public void Save(string name, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        Save(name, $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n");
        logger.CertificateMade(Path.Combine(folder, name), certificate.Subject, certificate.NotAfter.ToUniversalTime());
    }

    public void Save(string name, string text)
    {
        var path = Path.Combine(folder, name);
        try
        {
            PrivateFiles.Write(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GatewayPkiException($"{path}: cannot be written ({e.Message.TrimEnd('.')}). Make the folder writable and its disk not full, or set {homeKey} to another folder.", e);
        }
    }

    public FileStream Lock()
    {
        try
        {
            PrivateFiles.CreateFolder(folder);
            return FileLock.Take(Path.Combine(folder, ".lock"), homeKey);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GatewayPkiException($"{folder}: cannot be used ({e.Message.TrimEnd('.')}). Make it writable for the user that runs this, or set {homeKey} to another folder.", e);
        }
    }
}
