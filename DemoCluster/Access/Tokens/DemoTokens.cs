using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace KubeLens.DemoCluster.Access.Tokens;

/// <summary>Tokens of the demo's people and programs, <c>demo.NAME.HMAC</c> in base64url. They hold as long as the key does.</summary>
internal sealed class DemoTokens(TokenKey key)
{
    public const string Prefix = "demo.";
    private const string Purpose = "user";

    public string Issue(string user)
    {
        var name = Encoding.UTF8.GetBytes(user);
        return $"{Prefix}{Base64Url.EncodeToString(name)}.{Base64Url.EncodeToString(key.Sign(Purpose, name))}";
    }

    /// <returns>Null when the token was not issued with this key.</returns>
    public DemoUser? Verify(string token)
    {
        if (token.Split('.') is not ["demo", var name, var hmac] || !Base64Url.IsValid(name) || !Base64Url.IsValid(hmac))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(name);
        return CryptographicOperations.FixedTimeEquals(key.Sign(Purpose, bytes), Base64Url.DecodeFromChars(hmac)) ? DemoUsers.Named(Encoding.UTF8.GetString(bytes)) : null;
    }
}
