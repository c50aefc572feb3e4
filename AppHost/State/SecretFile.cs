using System.Buffers.Text;
using System.Security.Cryptography;
using KubeLens.AppHost.Linux;

namespace KubeLens.AppHost.State;

/// <summary>A file with 256 random bits as one line of base64url, mode 0600.</summary>
internal static class SecretFile
{
    private const int Bytes = 32;

    /// <summary>The secret, made when there is none yet.</summary>
    public static string ReadOrCreate(string path)
    {
        if (Read(path) is { } secret)
        {
            return secret;
        }

        var made = Make();
        Write(path, made);
        return made;
    }

    /// <summary>Null when there is none; an empty file counts as none.</summary>
    public static string? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        File.SetUnixFileMode(path, PrivatePath.SecretMode);
        return File.ReadAllText(path).Trim() is { Length: > 0 } secret ? secret : null;
    }

    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static void Write(string path, string secret) => PrivatePath.WriteFile(path, secret + "\n");
}
