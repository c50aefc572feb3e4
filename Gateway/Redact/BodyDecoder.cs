using System.Buffers;
using System.IO.Compression;

namespace KubeLens.Gateway.Redact;

/// <summary>Undoes the content encoding of a kept body, up to a limit.</summary>
internal static class BodyDecoder
{
    private const int Chunk = 16 * 1024;

    internal enum Outcome
    {
        Whole,
        Truncated,
        Unsupported,
        Undecodable,
    }

    /// <param name="kept">The first bytes on the wire.</param>
    /// <param name="encoding">The <c>Content-Encoding</c> header.</param>
    /// <param name="truncated">More bytes were on the wire than were kept: then a compressed stream may end anywhere.</param>
    /// <param name="limit">The most bytes to decode.</param>
    /// <param name="decoded">Receives the bytes.</param>
    public static Outcome Decode(in ReadOnlySequence<byte> kept, string encoding, bool truncated, int limit, ArrayBufferWriter<byte> decoded)
    {
        var name = encoding.Trim();
        if (name.Length == 0 || name.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            var part = kept.Slice(0, Math.Min(kept.Length, limit));
            foreach (var segment in part)
            {
                decoded.Write(segment.Span);
            }

            return truncated || kept.Length > limit ? Outcome.Truncated : Outcome.Whole;
        }

        using var source = new MemoryStream(kept.ToArray(), writable: false);
        using var stream = Open(name, source);
        return stream is null ? Outcome.Unsupported : Inflate(stream, truncated, limit, decoded);
    }

    private static Outcome Inflate(Stream stream, bool truncated, int limit, ArrayBufferWriter<byte> decoded)
    {
        try
        {
            while (decoded.WrittenCount < limit)
            {
                var space = decoded.GetSpan(Chunk);
                var read = stream.Read(space[..Math.Min(Chunk, limit - decoded.WrittenCount)]);
                if (read == 0)
                {
                    return truncated ? Outcome.Truncated : Outcome.Whole;
                }

                decoded.Advance(read);
            }

            return truncated || stream.ReadByte() >= 0 ? Outcome.Truncated : Outcome.Whole;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or InvalidOperationException)
        {
            // The end of a cut stream; what came before it is sound.
            return truncated ? Outcome.Truncated : Outcome.Undecodable;
        }
    }

    private static Stream? Open(string encoding, Stream source) => encoding.ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
        "deflate" => new ZLibStream(source, CompressionMode.Decompress),
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        _ => null,
    };
}
