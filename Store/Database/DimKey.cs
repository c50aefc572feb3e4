using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KubeLens.Store.Database;

/// <summary>A dictionary entry by its content. Two keys are equal when kind, value and parts are.</summary>
internal sealed class DimKey : IEquatable<DimKey>
{
    private const int MaxParts = 1_000;

    // Asked for again and again, of every call.
    private readonly int _hash;

    public DimKey(DimKind kind, string value, params IReadOnlyList<string> parts)
    {
        Kind = kind;
        Value = StoredText.Fit(value, StoredText.IndexedBytes);
        Parts = new string[Math.Min(parts.Count, MaxParts)];
        for (var i = 0; i < Parts.Length; i++)
        {
            Parts[i] = StoredText.Fit(parts[i], StoredText.IndexedBytes);
        }

        _hash = Hash();
    }

    public DimKind Kind { get; }
    public string Value { get; }
    public string[] Parts { get; }

    public bool Equals(DimKey? other) => other is not null && _hash == other._hash && Kind == other.Kind && Value == other.Value && Parts.AsSpan().SequenceEqual(other.Parts);

    public override bool Equals(object? obj) => Equals(obj as DimKey);

    public override int GetHashCode() => _hash;

    private int Hash()
    {
        var hash = new HashCode();
        hash.Add(Kind);
        hash.Add(Value);
        foreach (var part in Parts)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }

    /// <summary>The stored key: the first half of a SHA-256 over length-prefixed texts.</summary>
    public Guid Digest()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(sha, Value);
        foreach (var part in Parts)
        {
            Append(sha, part);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        sha.GetHashAndReset(digest);
        return new Guid(digest[..16], bigEndian: true);
    }

    private static void Append(IncrementalHash sha, string text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        sha.AppendData(length);
        sha.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
