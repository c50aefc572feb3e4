using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace KubeLens.Store.Access.Tokens;

/// <summary>The text of a token: <c>klt_</c> and 256 random bits. So many need no slow hash: nobody guesses them.</summary>
internal static class ApiTokenSecret
{
    private const string Prefix = "klt_";
    private const int Bytes = 32;

    public static bool Looks(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    public static string Make() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept and looked up: no time that a look-up takes tells how much of a token was right.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
