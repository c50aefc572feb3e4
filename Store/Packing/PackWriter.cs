using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;
using KubeLens.Store.Database;

namespace KubeLens.Store.Packing;

/// <summary>
/// Cuts a batch into blocks of about 1 MiB: per call a length (4 bytes, little-endian) and a <see cref="StoredCall"/>.
/// Calls of one object should come one after the other, they compress best together.
/// </summary>
internal sealed class PackWriter(long batchId, short firstSeq)
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
        if (_block.WrittenCount >= BlockBytes || (_calls > 0 && dropDay != _dropDay))
        {
            Flush();
        }

        _dropDay = dropDay;

        var length = call.CalculateSize();
        BinaryPrimitives.WriteInt32LittleEndian(_block.GetSpan(sizeof(int)), length);
        _block.Advance(sizeof(int));
        call.WriteTo(_block.GetSpan(length)[..length]);
        _block.Advance(length);
        return (_seq, _calls++);
    }

    public IReadOnlyList<Pack> Finish()
    {
        if (_calls > 0)
        {
            Flush();
        }

        return _packs;
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
            Data = PackCodec.Compress(_block.WrittenSpan),
        });
        _block.ResetWrittenCount();
        _calls = 0;
    }
}
