using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>
/// Session tokens: <c>klv2.&lt;base64url of the JSON claims&gt;.&lt;base64url of their HMAC-SHA256&gt;</c>.
/// They are short-lived instead of revocable: replacing the key ends all of them.
/// </summary>
internal sealed class SessionTokens(SessionKey key, IOptions<AccessOptions> options, TimeProvider time)
{
    private const string Prefix = "klv2.";

    public (string Token, Session Session) Issue(StoreRole role, string user)
    {
        var session = new Session(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), user, role, DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().AddHours(options.Value.SessionHours).ToUnixTimeSeconds()));
        var signed = Prefix + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(session));
        return ($"{signed}.{Base64Url.EncodeToString(Sign(signed))}", session);
    }

    public static bool Looks(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Null, with the reason, when the token is not ours or is over.</summary>
    public Session? Read(string token, out string problem)
    {
        problem = "The session token is not valid; sign in again.";
        var dot = token.LastIndexOf('.');
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (dot <= Prefix.Length
            || !Base64Url.IsValid(token.AsSpan(dot + 1), out var length) || length != signature.Length
            || !Base64Url.TryDecodeFromChars(token.AsSpan(dot + 1), signature, out _)
            || !CryptographicOperations.FixedTimeEquals(signature, Sign(token[..dot])))
        {
            return null;
        }

        // Signed by us, so it is what we wrote.
        var session = JsonSerializer.Deserialize<Session>(Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length, dot - Prefix.Length)))!;
        if (session.ExpiresAt <= time.GetUtcNow())
        {
            problem = "The session is over; sign in again.";
            return null;
        }

        return session;
    }

    private byte[] Sign(string text) => HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(text));
}
