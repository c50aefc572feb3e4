using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using KubeLens.Store.Hosting;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>
/// Tokens with which the apiserver of one cluster posts its audit events, and can do nothing else. Only their hashes are kept, as files: a
/// removed file ends its token at once, on every Store that shares the folder.
/// </summary>
internal sealed class AuditTokens(IOptions<AccessOptions> options)
{
    private const string Prefix = "kla1.";
    private const int Bytes = 32;

    public static bool Looks(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The cluster that it speaks for. Null, with the reason, when it is not known.</summary>
    public string? Find(string token, out string problem)
    {
        problem = "The token of this apiserver is not known here; make one with \"store audit-token\".";
        try
        {
            // The name is a hash, so that no time tells how much of a token was right.
            return File.ReadAllText(PathOf(token)).Trim() is { Length: > 0 } cluster ? cluster : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A new token. It is told this once.</summary>
    public string Make(string cluster)
    {
        OwnerFile.CreateFolder(options.Value.AuditTokenFolder);
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        using var stream = OwnerFile.Open(PathOf(token), FileMode.CreateNew);
        stream.Write(Encoding.UTF8.GetBytes(cluster));
        return token;
    }

    private string PathOf(string token) => Path.Combine(options.Value.AuditTokenFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))));
}
