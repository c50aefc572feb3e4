using System.Text;

namespace KubeLens.Gateway.Redact.Json;

/// <summary>What an object's fingerprints begin with: equal values of different objects are not to be told as equal.</summary>
internal static class FingerprintSalt
{
    /// <summary>Bytes that a salt needs at most, where it is not an object's uid.</summary>
    public const int MaxLength = (2 * MaxName) + 1;

    // Names are at most 253 characters; what is longer is no name and only its beginning counts.
    private const int MaxName = 253;

    /// <summary>Of an object in the document: its uid, else <c>namespace/name</c>.</summary>
    public static ReadOnlySpan<byte> Of(in ObjectNote note, ReadOnlySpan<byte> json, in JsonRedactor.Source source, Span<byte> salt)
    {
        if (note.Uid.Length > 0)
        {
            return note.Uid.In(json);
        }

        var length = Append(salt, 0, note.Namespace.Length > 0 ? note.Namespace.In(json) : default, source.Namespace);
        salt[length++] = (byte)'/';
        return salt[..Append(salt, length, note.Name.In(json), "")];
    }

    /// <summary>Where no object is known: whose the call was.</summary>
    public static ReadOnlySpan<byte> Of(in JsonRedactor.Source source, Span<byte> salt)
    {
        var length = Append(salt, 0, default, source.Namespace);
        salt[length++] = (byte)'/';
        return salt[..Append(salt, length, default, source.Name)];
    }

    private static int Append(Span<byte> salt, int length, ReadOnlySpan<byte> own, string other)
    {
        if (own.IsEmpty)
        {
            Encoding.UTF8.TryGetBytes(other, salt.Slice(length, MaxName), out var written);
            return length + written;
        }

        own = own[..Math.Min(own.Length, MaxName)];
        own.CopyTo(salt[length..]);
        return length + own.Length;
    }
}
