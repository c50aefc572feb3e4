using System.Buffers;
using System.Text;

namespace KubeLens.Gateway.Redact;

/// <summary>Recognizes credentials by their own look, wherever they stand: JWTs, <c>Bearer x</c>, private keys, passwords in URLs.</summary>
internal static class CredentialText
{
    private static readonly SearchValues<byte> Base64Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);
    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);
    private static readonly SearchValues<byte> EndOfUrl = SearchValues.Create(" \t\r\n\"'<>"u8);

    private const int LeastHeader = 5, LeastPayload = 2, LeastEncoded = 20, LeastToken = 16, LongestBasic = 512;

    /// <summary>Whether the text could hold a credential at all; one vectorized look at a whole document saves one per string.</summary>
    public static bool MayContain(ReadOnlySpan<byte> text) =>
        text.IndexOf("eyJ"u8) >= 0 || text.IndexOf("ZXlK"u8) >= 0 || ContainsScheme(text) || text.IndexOf("PRIVATE KEY"u8) >= 0 || HasUserInfo(text);

    /// <summary>Whether the text holds a credential.</summary>
    public static bool Contains(ReadOnlySpan<byte> text) =>
        text.Length >= 8 && (HasJwt(text) || HasEncodedJwt(text) || HasScheme(text) || text.IndexOf("PRIVATE KEY"u8) >= 0 || HasUserInfo(text));

    /// <inheritdoc cref="Contains(ReadOnlySpan{byte})"/>
    public static bool Contains(string text) => text.Length >= 8 && Contains(Encoding.UTF8.GetBytes(text).AsSpan());

    // eyJhbGciOiJSUzI1NiJ9.eyJpc3Mi… : base64url of {" , and one dot is enough, the rest may be cut.
    private static bool HasJwt(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var at = text.IndexOf("eyJ"u8);
            if (at < 0)
            {
                return false;
            }

            text = text[at..];
            var header = RunLength(text);
            if (header >= LeastHeader && header < text.Length && text[header] == (byte)'.' && RunLength(text[(header + 1)..]) >= LeastPayload)
            {
                return true;
            }

            text = text[Math.Max(header, 3)..];
        }
    }

    // The same once more in base64, as in the data of an embedded Secret.
    private static bool HasEncodedJwt(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf("ZXlK"u8);
        return at >= 0 && RunLength(text[at..]) >= LeastEncoded;
    }

    private static bool HasScheme(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var at = IndexOfScheme(text);
            if (at < 0)
            {
                return false;
            }

            // "Bearer " or "Basic ": what follows is a credential when it is a run of its characters.
            text = text[at..];
            var space = text.IndexOf((byte)' ');
            var rest = text[(space + 1)..].TrimStart((byte)' ');
            var run = RunLength(rest);
            if ((text[1] | 0x20) == 'e' ? run > 0 : IsBasicCredential(rest))
            {
                return true;
            }

            text = rest;
        }
    }

    private static bool ContainsScheme(ReadOnlySpan<byte> text) => IndexOfScheme(text) >= 0;

    private static int IndexOfScheme(ReadOnlySpan<byte> text)
    {
        var offset = 0;
        while (true)
        {
            // "earer " and "asic " keep their case in practice; BEARER and bearer are caught by their first letters.
            var at = text[offset..].IndexOfAny("bB"u8);
            if (at < 0)
            {
                return -1;
            }

            offset += at;
            if (StartsWith(text[offset..], "bearer "u8) || StartsWith(text[offset..], "basic "u8))
            {
                return offset;
            }

            offset++;
        }
    }

    // postgres://user:password@host, also with a / in the password; https://token@host when the user is long enough to be one.
    private static bool HasUserInfo(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var at = text.IndexOf("://"u8);
            if (at < 0)
            {
                return false;
            }

            // All of them within one word have its last @ in common; what is behind that is no user.
            text = text[at..];
            var end = text.IndexOfAny(EndOfUrl);
            var word = end < 0 ? text : text[..end];
            if (word.LastIndexOf((byte)'@') is >= 0 and var sign && AnyHasUser(word[..(sign + 1)]))
            {
                return true;
            }

            text = text[word.Length..];
        }
    }

    // The text ends with an @.
    private static bool AnyHasUser(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf("://"u8) is >= 0 and var at)
        {
            text = text[(at + 3)..];
            var sign = text.Length - 1;
            if (sign >= LeastToken && text.IndexOfAny("/?#"u8) < 0)
            {
                return true;
            }

            var colon = text.IndexOf((byte)':');
            if (colon >= 0 && !IsPort(text[(colon + 1)..]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPort(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny("/?#@"u8);
        return end >= 0 && text[end] != (byte)'@' && text[..end].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    // user:password in base64
    private static bool IsBasicCredential(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(Base64);
        text = end < 0 ? text : text[..end];
        Span<byte> decoded = stackalloc byte[LongestBasic];
        text = text[..(Math.Min(text.Length, LongestBasic) / 4 * 4)];
        return System.Buffers.Text.Base64.DecodeFromUtf8(text, decoded, out _, out var length) is OperationStatus.Done && decoded[..length].Contains((byte)':');
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length < lower.Length)
        {
            return false;
        }

        for (var i = 0; i < lower.Length; i++)
        {
            var b = text[i] is >= (byte)'A' and <= (byte)'Z' ? text[i] | 0x20 : text[i];
            if (b != lower[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int RunLength(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(Base64Url);
        return end < 0 ? text.Length : end;
    }
}
