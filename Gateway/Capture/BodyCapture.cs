using System.Buffers;

namespace KubeLens.Gateway.Capture;

/// <summary>
/// Keeps the first <paramref name="cap"/> bytes of what passes, in pooled segments, and counts all of it.
/// One direction has one writer; <see cref="Kept"/> is read after it has ended. Dispose gives the memory back.
/// </summary>
internal sealed class BodyCapture(int cap, CaptureBudget budget) : IDisposable
{
    private const int SegmentSize = 16 * 1024;

    // The first segment is small: most bodies of an API server are, and an idle watch holds one for hours.
    private const int FirstSegmentSize = 4 * 1024;

    private readonly Lock _gate = new();
    private Segment? _first;
    private Segment? _last;
    private int _cap = cap;
    private int _kept;
    private long _total;
    private bool _closed;

    /// <summary>Bytes that passed.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Whether nothing is to be kept.</summary>
    public bool IsOff => _cap == 0;

    /// <summary>Whether more passed than is kept because of the cap.</summary>
    public bool Truncated => !Starved && Total > _kept;

    /// <summary>Whether bytes below the cap are missing because the budget was spent.</summary>
    public bool Starved { get; private set; }

    /// <summary>Keeps nothing, and only counts from now on. Before the first byte passes.</summary>
    public void TurnOff() => _cap = 0;

    public void Append(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        Interlocked.Add(ref _total, data.Length);
        if (_kept >= _cap || Starved)
        {
            return;
        }

        lock (_gate)
        {
            while (!data.IsEmpty && _kept < _cap && !_closed && Room() is { } room)
            {
                var count = Math.Min(Math.Min(data.Length, room.Free), _cap - _kept);
                room.Append(data[..count]);
                data = data[count..];
                _kept += count;
            }
        }
    }

    /// <summary>What is kept; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySequence<byte> Kept()
    {
        lock (_gate)
        {
            return _first is null || _closed ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            for (var segment = _first; segment is not null; segment = segment.NextSegment)
            {
                segment.Return(budget);
            }

            _first = _last = null;
        }
    }

    private Segment? Room()
    {
        if (_last is { Free: > 0 })
        {
            return _last;
        }

        var size = Math.Min(_first is null ? FirstSegmentSize : SegmentSize, _cap);
        if (!budget.TryTake(size))
        {
            Starved = true;
            return null;
        }

        var added = new Segment(size);
        _last?.Link(added);
        _first ??= added;
        return _last = added;
    }

    private sealed class Segment(int size) : ReadOnlySequenceSegment<byte>
    {
        private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(size);
        private int _used;

        public int Free => size - _used;

        public Segment? NextSegment => (Segment?)Next;

        public void Append(ReadOnlySpan<byte> data)
        {
            data.CopyTo(_bytes.AsSpan(_used));
            _used += data.Length;
            Memory = _bytes.AsMemory(0, _used);
        }

        public void Link(Segment next)
        {
            next.RunningIndex = RunningIndex + _used;
            Next = next;
        }

        public void Return(CaptureBudget budget)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            budget.GiveBack(size);
        }
    }
}
