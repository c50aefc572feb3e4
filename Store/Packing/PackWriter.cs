using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;
using KubeLens.Store.Database;

namespace KubeLens.Store.Packing;

/// <summary>
/// Cuts a batch into blocks of about 1 MiB: per call a length (4 bytes, little-endian) and a <see cref="StoredCall"/>.
/// Calls of one object should come one after the other, they compress best together.
/// </summary>
/// <param name="batchId">Of the packs; of a sealed one its segment.</param>
/// <param name="firstSeq">Of the first pack.</param>
/// <param name="blockBytes">When a block is full.</param>
/// <param name="quality">Brotli's.</param>
internal sealed class PackWriter(long batchId, short firstSeq, int blockBytes = PackWriter.BlockBytes, int quality = PackCodec.Quality)
{
    private const int BlockBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _block = new();
    private readonly List<Pack> _packs = [];
    private short _seq = firstSeq;
    private short _calls;
    private DateOnly _dropDay;

    /// <summary>The pack and the place in it where the call now is. A pack has one drop day: calls of the same one should follow each other.</summary>
    public (short Seq, short Ord) Add(StoredCall call, DateOnly dropDay)
    {
        Begin(call.CalculateSize(), dropDay);
        call.WriteTo(_block);
        return (_seq, _calls++);
    }

    /// <inheritdoc cref="Add(StoredCall, DateOnly)"/>
    /// <param name="call">The bytes of a <see cref="StoredCall"/>.</param>
    /// <param name="dropDay">Of the call.</param>
    public (short Seq, short Ord) Add(ReadOnlySpan<byte> call, DateOnly dropDay)
    {
        Begin(call.Length, dropDay);
        _block.Write(call);
        return (_seq, _calls++);
    }

    /// <summary>The packs that are full; they are not given again.</summary>
    public IReadOnlyList<Pack> TakeFull()
    {
        Pack[] full = [.. _packs];
        _packs.Clear();
        return full;
    }

    public IReadOnlyList<Pack> Finish()
    {
        if (_calls > 0)
        {
            Flush();
        }

        return _packs;
    }

    private void Begin(int length, DateOnly dropDay)
    {
        if (_block.WrittenCount >= blockBytes || _calls == short.MaxValue || (_calls > 0 && dropDay != _dropDay))
        {
            Flush();
        }

        _dropDay = dropDay;
        BinaryPrimitives.WriteInt32LittleEndian(_block.GetSpan(sizeof(int)), length);
        _block.Advance(sizeof(int));
    }

    private void Flush()
    {
        _packs.Add(new Pack
        {
            DropDay = _dropDay,
            BatchId = batchId,
            Seq = _seq++,
            Codec = PackCodec.Brotli,
            Calls = _calls,
            RawLength = _block.WrittenCount,
            Data = PackCodec.Compress(_block.WrittenSpan, quality),
        });
        _block.ResetWrittenCount();
        _calls = 0;
    }
}
