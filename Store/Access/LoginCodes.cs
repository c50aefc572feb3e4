using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>One-time login codes. A file named by a code's hash says that it is unused; whoever takes the file away has the code.</summary>
internal sealed class LoginCodes(IOptions<AccessOptions> options)
{
    /// <summary>True once for each code, across restarts and replicas.</summary>
    public bool TryUse(string code)
    {
        var file = Path.Combine(options.Value.LoginFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code))));
        var taken = $"{file}.{Guid.NewGuid():N}.used";
        try
        {
            // A move fails when the file is not there; File.Delete would not tell.
            File.Move(file, taken);
        }
        catch (IOException)
        {
            return false;
        }

        File.Delete(taken);
        return true;
    }
}
