using System.Security.Cryptography;
using KubeLens.Store.Hosting;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>The key that signs sessions. Made at first use, readable by its owner only; whoever is first wins.</summary>
internal sealed class SessionKey(IOptions<AccessOptions> options)
{
    private const int Bytes = 32;

    private readonly Lazy<byte[]> _key = new(() => ReadOrMake(options.Value.KeyFile));

    public byte[] Value => _key.Value;

    private static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            Make(path);
        }

        var key = File.ReadAllBytes(path);
        return key.Length >= Bytes ? key : throw new InvalidDataException($"Access:KeyFile names {path}, which holds {key.Length} bytes: remove it, and a new key of {Bytes} is made (everyone has to sign in again)");
    }

    // Written apart and moved: another process never reads half a key.
    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        using (var file = OwnerFile.Open(temporary, FileMode.CreateNew))
        {
            file.Write(RandomNumberGenerator.GetBytes(Bytes));
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}
