using System.Security.Cryptography;
using KubeLens.DemoCluster.Hosting;
using KubeLens.Gateway;
using KubeLens.Gateway.Identity;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Access.Tokens;

/// <summary>The random key in <c>token-key</c> that all tokens of this cluster are made with.</summary>
internal sealed class TokenKey(IOptions<DemoClusterOptions> options)
{
    private const int Length = 32;

    private readonly Lazy<byte[]> _key = new(() => LoadOrMake(Path.Combine(options.Value.Home, "token-key")));

    /// <param name="purpose">Tokens of one purpose are none of another.</param>
    public byte[] Sign(string purpose, ReadOnlySpan<byte> text)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key.Value);
        hmac.AppendData(System.Text.Encoding.ASCII.GetBytes(purpose + "\0"));
        hmac.AppendData(text);
        return hmac.GetHashAndReset();
    }

    private static byte[] LoadOrMake(string path)
    {
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            using var held = FileLock.Take(Path.Combine(Path.GetDirectoryName(path)!, ".lock"), DemoClusterOptions.HomeKey);
            if (!File.Exists(path))
            {
                PrivateFiles.Write(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
            }

            PrivateFiles.Close(path);
            var key = Convert.FromBase64String(File.ReadAllText(path));
            return key.Length == Length ? key : throw new FormatException($"it has {key.Length} bytes");
        }
        catch (FormatException e)
        {
            throw new ConfigurationException($"{path}: is not a key of {Length} bytes in base64 ({e.Message.TrimEnd('.')}). Delete it and start again: a new one is made, and with it new tokens.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: cannot be used ({e.Message.TrimEnd('.')}). Make it readable and writable, or set {DemoClusterOptions.HomeKey} to another folder.", e);
        }
    }
}
