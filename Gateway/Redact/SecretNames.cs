using System.Buffers;
using System.Text;

namespace KubeLens.Gateway.Redact;

/// <summary>
/// Tells from a name whether its value is a credential. Names are compared without case and without <c>-</c>, <c>_</c>, <c>.</c>.
/// </summary>
internal sealed class SecretNames
{
    private const int LongestName = 256;

    /// <summary>Of environment variables, flags and query parameters: anywhere in the name.</summary>
    public static IReadOnlyList<string> DefaultWords { get; } =
        ["password", "passwd", "passphrase", "pwd", "secret", "token", "key", "credential", "auth", "private", "bearer", "signature", "connectionstring", "connstr", "dsn", "cookie", "session"];

    // A flag or variable that ends so names a place, not the value: --tls-private-key-file=/etc/tls.key.
    private static readonly byte[][] Places = Encode(["file", "path", "dir", "name"]);

    // JSON members are met in every object, so only whole endings count: {"spec":{"adminPassword":"x"}}.
    private static readonly byte[][] MemberEndings = Encode(
        ["password", "passwd", "passphrase", "token", "apikey", "accesskey", "privatekey", "secretkey", "keydata", "clientsecret", "credential", "credentials", "authorization", "dockerconfigjson", "kubeconfig"]);

    private static readonly SearchValues<byte> KeyCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/$:~"u8);

    private readonly byte[][] _words;

    public SecretNames(IEnumerable<string> moreWords)
    {
        _words = Encode(DefaultWords.Concat(moreWords));
    }

    public static SecretNames Default { get; } = new([]);

    /// <summary>An environment variable, query parameter or the like: <c>DB_PASSWORD</c>.</summary>
    public bool IsSecretVariable(ReadOnlySpan<byte> name)
    {
        Span<byte> buffer = stackalloc byte[LongestName];
        var text = Normalize(name, buffer);
        foreach (var word in _words)
        {
            if (text.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A command line flag or assignment before its <c>=</c>: <c>--db-password</c>, but not <c>--token-file</c>.</summary>
    public bool IsSecretFlag(ReadOnlySpan<byte> name)
    {
        if (!IsSecretVariable(name))
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[LongestName];
        var text = Normalize(name, buffer);
        return !EndsWithAny(text, Places);
    }

    /// <summary>A flag or variable with its value, which is a credential: <c>--db-password=x</c>, <c>DB_PASSWORD=x</c>.</summary>
    public bool IsSecretAssignment(ReadOnlySpan<byte> text)
    {
        var equals = text.IndexOf((byte)'=');
        return equals > 0 && text[..equals].IndexOfAny(" \n"u8) < 0 && IsSecretFlag(text[..equals]);
    }

    /// <summary>A flag whose value, which is a credential, is the next text: <c>--password</c>, <c>x</c>.</summary>
    public bool AnnouncesSecret(ReadOnlySpan<byte> text) => text.Length > 2 && text[0] == '-' && text.IndexOfAny(" ="u8) < 0 && IsSecretFlag(text);

    /// <summary>A JSON member whose string value is a credential whatever the object: <c>clientSecret</c>, <c>.dockerconfigjson</c>.</summary>
    public static bool IsSecretMember(ReadOnlySpan<byte> name)
    {
        // Cheap refusal first, by the endings' last two letters: this runs for every member.
        if (name.Length < 5 || (name[^2] | 0x20, name[^1] | 0x20) is not (('r' or 'w', 'd') or ('s', 'e') or ('e', 'n' or 'y' or 't') or ('t', 'a') or ('a', 'l') or ('l', 's') or ('o', 'n') or ('i', 'g')))
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[LongestName];
        return EndsWithAny(Normalize(name, buffer), MemberEndings);
    }

    /// <summary>Could be the key of a value in a Secret. What could not is text that went astray, perhaps a value.</summary>
    public static bool IsKey(ReadOnlySpan<byte> name) => name.Length < LongestName && name.IndexOfAnyExcept(KeyCharacters) < 0;

    /// <summary>Annotations that hold a copy of the object: <c>kubectl.kubernetes.io/last-applied-configuration</c> and its like.</summary>
    public static bool IsObjectCopy(ReadOnlySpan<byte> name)
    {
        if (name.IndexOf((byte)'/') < 0)
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[LongestName];
        var text = Normalize(name, buffer);
        return text.IndexOf("applied"u8) >= 0 || text.EndsWith("/original"u8);
    }

    private static bool EndsWithAny(ReadOnlySpan<byte> text, byte[][] endings)
    {
        foreach (var ending in endings)
        {
            if (text.EndsWith(ending))
            {
                return true;
            }
        }

        return false;
    }

    // Of an overlong name the end is looked at, which is what decides for members.
    private static ReadOnlySpan<byte> Normalize(ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        if (name.Length > buffer.Length)
        {
            name = name[^buffer.Length..];
        }

        var length = 0;
        foreach (var b in name)
        {
            if (b is (byte)'-' or (byte)'_' or (byte)'.')
            {
                continue;
            }

            buffer[length++] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        }

        return buffer[..length];
    }

    private static byte[][] Encode(IEnumerable<string> words) => [.. words.Select(w => Encoding.UTF8.GetBytes(w.ToLowerInvariant()))];
}
