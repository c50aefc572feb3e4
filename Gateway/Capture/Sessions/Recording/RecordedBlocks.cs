using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace KubeLens.Gateway.Capture.Sessions.Recording;

/// <summary>
/// Bytes kept compressed, in blocks that stand alone: per block its compressed and its plain length (4 bytes each, little-endian). At most one block is
/// held plain, and no compressor lasts longer than its call.
/// </summary>
internal sealed class RecordedBlocks(int cap, CaptureBudget budget) : IDisposable
{
    private const int BlockBytes = 16 * 1024, Head = 8, Quality = 4, Window = 16;

    // What cannot be compressed grows a little.
    private readonly BodyCapture _kept = new(cap + (cap / 8) + BlockBytes, budget);
    private readonly ArrayBufferWriter<byte> _block = new();
    private int _plain;

    public void Append(ReadOnlySpan<byte> data)
    {
        if (_block.WrittenCount > 0 && _block.WrittenCount + data.Length > BlockBytes)
        {
            Pack();
        }

        _block.Write(data);
    }

    /// <summary>All of it, plain; null when memory was short.</summary>
    public byte[]? Read()
    {
        Pack();
        if (_kept.Starved || _kept.Truncated)
        {
            return null;
        }

        var packed = _kept.Kept().ToArray();
        var plain = new byte[_plain];
        for (int at = 0, to = 0; at < packed.Length;)
        {
            var (length, size) = (BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(at)), BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(at + 4)));
            BrotliDecoder.TryDecompress(packed.AsSpan(at + Head, length), plain.AsSpan(to, size), out _);
            (at, to) = (at + Head + length, to + size);
        }

        return plain;
    }

    public void Dispose() => _kept.Dispose();

    private void Pack()
    {
        if (_block.WrittenCount == 0)
        {
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(Head + BrotliEncoder.GetMaxCompressedLength(_block.WrittenCount));
        BrotliEncoder.TryCompress(_block.WrittenSpan, rented.AsSpan(Head), out var length, Quality, Window);
        BinaryPrimitives.WriteInt32LittleEndian(rented, length);
        BinaryPrimitives.WriteInt32LittleEndian(rented.AsSpan(4), _block.WrittenCount);
        _kept.Append(rented.AsSpan(0, Head + length));
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        _plain += _block.WrittenCount;
        _block.Clear();
    }
}
