using System.Security.Cryptography;
using KubeLens.Gateway.Identity;

namespace KubeLens.Gateway.Redact;

/// <summary>The key under which redacted values are fingerprinted. Whoever lacks it cannot try values against fingerprints.</summary>
internal sealed class FingerprintKey(byte[] bytes)
{
    /// <summary>In bytes.</summary>
    public const int Length = 32;

    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Reads the key, or makes one when the file is not there. Several processes may start at once: one file wins.</summary>
    /// <exception cref="InvalidOperationException">The file is there but holds no key.</exception>
    public static FingerprintKey LoadOrCreate(string file)
    {
        if (!File.Exists(file))
        {
            Create(file);
        }

        var text = File.ReadAllText(file).Trim();
        if (text.Length != Length * 2 || !text.All(char.IsAsciiHexDigit))
        {
            throw new InvalidOperationException($"{RedactOptions.Section}:{nameof(RedactOptions.KeyFile)}: \"{file}\" must hold {Length * 2} hexadecimal digits. Restore it, or delete it to get a new key (new fingerprints will not match old ones).");
        }

        return new FingerprintKey(Convert.FromHexString(text));
    }

    // Several gateways may share the file: the first to come makes it.
    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var held = FileLock.Take($"{file}.lock");
        if (!File.Exists(file))
        {
            PrivateFiles.Write(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length)) + "\n");
        }

        File.Delete(held.Name); // whoever comes now finds the key
    }
}
