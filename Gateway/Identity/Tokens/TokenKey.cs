using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>Stands for a token in memory: HMAC-SHA-256 under a key that ends with the process, so that a dump holds no tokens and no hash to look up.</summary>
internal readonly record struct TokenKey(UInt128 High, UInt128 Low)
{
    private const int OnStack = 4096;

    public static TokenKey Of(ReadOnlySpan<byte> secret, string token)
    {
        var size = Encoding.UTF8.GetMaxByteCount(token.Length);
        var rented = size > OnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        var utf8 = rented ?? stackalloc byte[OnStack];
        utf8 = utf8[..Encoding.UTF8.GetBytes(token, utf8)];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, utf8, hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return new TokenKey(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
