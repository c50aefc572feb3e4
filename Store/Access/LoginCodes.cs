using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KubeLens.Store.Hosting;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>One-time login codes. A file named by a code's hash says that it is unused; whoever takes the file away has the code. In it is what the code gives.</summary>
internal sealed class LoginCodes(IOptions<AccessOptions> options, TimeProvider time)
{
    private const int Bytes = 20;

    /// <summary>What it gives, once for each code, across restarts and replicas. Null for one that is unknown, used or too old.</summary>
    public LoginCode? Use(string code)
    {
        var file = PathOf(code);
        var taken = $"{file}.{Guid.NewGuid():N}.used";
        try
        {
            // A move fails when the file is not there; File.Delete would not tell.
            File.Move(file, taken);
        }
        catch (IOException)
        {
            return null;
        }

        var given = LoginCode.Read(File.ReadAllText(taken));
        File.Delete(taken);
        return given?.ExpiresAt <= time.GetUtcNow() ? null : given;
    }

    /// <summary>A new code. It is told this once.</summary>
    public string Make(LoginCode given)
    {
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        OwnerFile.CreateFolder(options.Value.LoginFolder);
        using var stream = OwnerFile.Open(PathOf(code), FileMode.CreateNew);
        stream.Write(JsonSerializer.SerializeToUtf8Bytes(given));
        return code;
    }

    private string PathOf(string code) => Path.Combine(options.Value.LoginFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code))));
}
