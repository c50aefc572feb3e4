namespace KubeLens.Gateway.Spool;

/// <summary>
/// One mapped file of the spool. A live segment is written by this process; a dead one was left by an earlier boot.
/// </summary>
internal sealed class Segment : IDisposable
{
    private readonly MappedFile _file;
    private int _writers;
    private volatile int _sealedAt = -1;
    private volatile bool _dirty;
    private volatile Segment? _next;

    private Segment(string path, MappedFile file, SegmentHeader header, bool live)
    {
        _file = file;
        Path = path;
        Header = header;
        Live = live;
    }

    public string Path { get; }
    public SegmentHeader Header { get; }
    public bool Live { get; }
    public int Length => _file.Length;

    /// <summary>Where the next frame goes; under the chain's lock.</summary>
    public int Tail { get; private set; } = SegmentHeader.DataOffset;

    /// <summary>End of the frames once nothing more is appended, before that -1.</summary>
    public int SealedAt => _sealedAt;

    /// <summary>Nobody writes it any more.</summary>
    public bool AtRest => !Live || (_sealedAt >= 0 && Volatile.Read(ref _writers) == 0);

    public Segment? Next => _next;

    /// <summary>Frames were found that fail their checksum: the file is kept aside after delivery.</summary>
    public bool Damaged { get; set; }

    /// <summary>Given up with what it held; its memory is gone.</summary>
    public bool Dropped { get; private set; }

    public uint Calls => Volatile.Read(ref _file.Word(SegmentHeader.CallsOffset));
    public uint Delivered => Volatile.Read(ref _file.Word(SegmentHeader.DeliveredOffset));
    public int Undelivered => (int)Math.Max(0L, Math.Min((long)Calls - Delivered, Length / SpoolFrame.HeaderBytes));

    /// <summary>First frame that is not known to be delivered. A damaged position counts as none: redelivery is the smaller evil.</summary>
    public int ReadPosition
    {
        get
        {
            var word = Volatile.Read(ref _file.LongWord(SegmentHeader.ReadPositionOffset));
            var offset = (uint)word;
            return offset == ~(uint)(word >> 32) && offset % 8 == 0 && offset >= SegmentHeader.DataOffset && offset <= Length ? (int)offset : SegmentHeader.DataOffset;
        }
    }

    /// <summary>Maps a file that <see cref="SegmentFolder"/> has allocated, and writes its header.</summary>
    public static Segment Initialize(string path, SegmentHeader header, string finalPath)
    {
        var file = new MappedFile(path);
        header.Write(file.Span(0, SegmentHeader.MarksOffset));
        return new Segment(finalPath, file, header, live: true);
    }

    /// <summary>Null, with the reason, when it is not a whole segment.</summary>
    public static Segment? Open(string path, out string error)
    {
        if (new FileInfo(path).Length <= SegmentHeader.DataOffset)
        {
            error = "it is shorter than its header";
            return null;
        }

        var file = new MappedFile(path);
        if (SegmentHeader.TryRead(file.Span(0, file.Length), out var header, out error))
        {
            return new Segment(path, file, header, live: false);
        }

        file.Dispose();
        return null;
    }

    public ReadOnlySpan<byte> Bytes(int offset, int length) => _file.Span(offset, length);

    public uint SizeWord(int offset) => Volatile.Read(ref _file.Word(offset));

    /// <summary>Takes room for a frame, under the chain's lock; a promise to <see cref="Write"/> it.</summary>
    public bool TryReserve(int size, bool isCall, out int offset)
    {
        offset = Tail;
        var end = offset + (long)SpoolFrame.Aligned(size);
        if (end > Length)
        {
            return false;
        }

        Tail = (int)end;
        Interlocked.Increment(ref _writers);
        _dirty = true;
        Volatile.Write(ref _file.Word(offset), (uint)size | SpoolFrame.BeingWritten);
        if (isCall)
        {
            _file.Word(SegmentHeader.CallsOffset)++;
        }

        return true;
    }

    /// <summary>Fills and publishes a reserved frame.</summary>
    public void Write(int offset, FrameKind kind, long sequence, ReadOnlySpan<byte> payload)
    {
        var frame = _file.Span(offset, SpoolFrame.HeaderBytes + payload.Length);
        SpoolFrame.WriteHeader(frame, Header.Marker, kind, sequence);
        payload.CopyTo(frame[SpoolFrame.HeaderBytes..]);
        _file.Word(offset + 4) = Crc32C.Of(frame[8..]);
        Volatile.Write(ref _file.Word(offset), (uint)frame.Length);
        Interlocked.Decrement(ref _writers);
    }

    /// <summary>No more frames come; under the chain's lock.</summary>
    public void Seal() => _sealedAt = Tail;

    public void Follow(Segment next) => _next = next;

    public void Advance(int position, int delivered)
    {
        var offset = (uint)position;
        Volatile.Write(ref _file.LongWord(SegmentHeader.ReadPositionOffset), offset | ((ulong)~offset << 32));
        _file.Word(SegmentHeader.DeliveredOffset) += (uint)delivered;
        _dirty = true;
    }

    public BatchMark? ReadMark(int slot) => BatchMark.Read(MarkSlot(slot));

    public void WriteMark(int slot, BatchMark mark)
    {
        mark.Write(MarkSlot(slot));
        _dirty = true;
    }

    /// <summary>Waits until the disk has what was written; nothing when nothing was.</summary>
    public void Flush()
    {
        if (!_dirty)
        {
            return;
        }

        _dirty = false;
        try
        {
            _file.Flush();
        }
        catch (ObjectDisposedException)
        {
            // Delivered and deleted meanwhile: nothing is left to keep.
        }
    }

    public void Drop()
    {
        Dropped = true;
        Dispose();
    }

    public void Dispose() => _file.Dispose();

    private Span<byte> MarkSlot(int slot) => _file.Span(SegmentHeader.MarksOffset + slot * BatchMark.SlotBytes, BatchMark.SlotBytes);
}
