using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace KubeLens.Gateway.Redact;

/// <summary>
/// Builds <c>&lt;redacted:sha-0123456789ab&gt;</c>: HMAC-SHA256 over the object, the path in it and the value. Equal fingerprints at one
/// place of one object mean equal values; they tell nothing across objects, nor the value's length.
/// </summary>
internal sealed class Fingerprint(FingerprintKey key) : IDisposable
{
    private const int Digits = 12;

    public const int Length = 27;

    private readonly ArrayBufferWriter<byte> _input = new(1024);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes);

    /// <summary>Begins with what names the object: its uid, or namespace and name.</summary>
    public void Begin(ReadOnlySpan<byte> salt)
    {
        _input.ResetWrittenCount();
        Add(salt);
    }

    /// <summary>Adds a piece of the path or, at last, the value. Each is preceded by its length, so that pieces cannot be confused.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        Add(piece.Length);
        _input.Write(piece);
    }

    public void Add(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_input.GetSpan(sizeof(int)), number);
        _input.Advance(sizeof(int));
    }

    /// <summary>Writes the token, <see cref="Length"/> bytes, without quotes.</summary>
    public void End(IBufferWriter<byte> output)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hash.AppendData(_input.WrittenSpan);
        _hash.GetHashAndReset(hash);
        _input.Clear();
        output.Write("<redacted:sha-"u8);
        Convert.TryToHexStringLower(hash[..(Digits / 2)], output.GetSpan(Digits), out var written);
        output.Advance(written);
        output.Write(">"u8);
    }

    public void Dispose() => _hash.Dispose();
}
