using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace KubeLens.Gateway.Capture.Sessions.Spdy;

/// <summary>
/// Decompresses the header blocks of one direction: one zlib stream with SPDY's preset dictionary, flushed after each block. .NET knows no
/// preset dictionaries; but a deflate block that is stored as it is puts the dictionary into the window, which is all that a dictionary does.
/// </summary>
internal sealed class HeaderInflater : IDisposable
{
    private const int MostBytes = 64 * 1024, ZlibHead = 6, DictionaryFlag = 0x20, DeflateMethod = 8;

    private readonly Feed _feed = new();
    private readonly DeflateStream _deflate;
    private readonly ArrayBufferWriter<byte> _output = new();
    private bool _begun;

    public HeaderInflater() => _deflate = new DeflateStream(_feed, CompressionMode.Decompress);

    /// <returns>The plain block, valid until the next call; null when it is no such block, or too long.</returns>
    public byte[]? Inflate(ReadOnlySpan<byte> block)
    {
        try
        {
            if (!_begun && !Begin(ref block))
            {
                return null;
            }

            _feed.Give(block);
            return Read(MostBytes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _deflate.Dispose();
        _feed.Dispose();
    }

    // CMF, FLG, and the Adler-32 of the dictionary (RFC 1950, section 2.2).
    private bool Begin(ref ReadOnlySpan<byte> block)
    {
        _begun = true;
        if (block.Length < ZlibHead || (block[0] & 0x0f) != DeflateMethod || (block[1] & DictionaryFlag) == 0 || BinaryPrimitives.ReadUInt32BigEndian(block[2..]) != HeaderDictionary.Adler32)
        {
            return false;
        }

        var length = (ushort)HeaderDictionary.Bytes.Length;
        Span<byte> head = stackalloc byte[5]; // stored, not the last (RFC 1951, section 3.2.4)
        BinaryPrimitives.WriteUInt16LittleEndian(head[1..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)~length);
        _feed.Give([.. head, .. HeaderDictionary.Bytes]);
        block = block[ZlibHead..];
        return Read(MostBytes)?.Length == length;
    }

    private byte[]? Read(int most)
    {
        _output.ResetWrittenCount();
        while (_deflate.Read(_output.GetSpan(4096)) is > 0 and var count)
        {
            _output.Advance(count);
            if (_output.WrittenCount > most)
            {
                return null;
            }
        }

        return _output.WrittenSpan.ToArray();
    }

    /// <summary>Hands out what it was given; its end is only a pause.</summary>
    private sealed class Feed : Stream
    {
        private byte[] _bytes = [];
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Give(ReadOnlySpan<byte> bytes) => (_bytes, _at) = (bytes.ToArray(), 0);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _bytes.Length - _at);
            _bytes.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
