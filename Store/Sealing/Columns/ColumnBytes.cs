using System.Buffers;
using System.IO.Compression;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>The bytes of one column: a form byte, the length in front of compression (varint), and the bytes as they are (form 0) or through Brotli (form 1).</summary>
internal static class ColumnBytes
{
    private const byte Plain = 0;
    private const byte Brotli = 1;
    private const int Quality = 5;
    private const int Window = 22;

    // More than the largest chunk can have.
    private const int MostBytes = 256 << 20;

    public static byte[] Pack(ReadOnlySpan<byte> raw)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(raw.Length)];
        if (!BrotliEncoder.TryCompress(raw, packed, out var length, Quality, Window))
        {
            throw new InvalidOperationException($"Brotli did not fit {raw.Length} bytes into its own maximum.");
        }

        var form = length < raw.Length ? Brotli : Plain;
        var output = new ArrayBufferWriter<byte>(16 + raw.Length);
        output.Write([form]);
        Varint.Write(output, (ulong)raw.Length);
        output.Write(form == Brotli ? packed.AsSpan(0, length) : raw);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Fails with <see cref="InvalidDataException"/> for what <see cref="Pack"/> did not write.</summary>
    public static UnpackedBytes Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.IsEmpty)
        {
            throw new InvalidDataException("A sealed column is empty.");
        }

        var form = packed[0];
        var rest = packed[1..];
        var length = Varint.Read(ref rest);
        if (length > MostBytes || (form == Plain && (int)length != rest.Length) || form > Brotli)
        {
            throw new InvalidDataException($"A sealed column of form {form} says that it has {length} bytes, of {rest.Length}.");
        }

        var raw = new UnpackedBytes((int)length);
        if (form == Plain)
        {
            rest.CopyTo(raw.Span);
        }
        else if (!BrotliDecoder.TryDecompress(rest, raw.Span, out var written) || written != raw.Span.Length)
        {
            raw.Dispose();
            throw new InvalidDataException($"A sealed column of {rest.Length} bytes does not decompress to {length}.");
        }

        return raw;
    }
}
