namespace KubeLens.Gateway.Spool;

/// <summary>
/// The segments in their order: dead ones, full ones, the one that takes appends, and spares made ahead so that rolling
/// over is an assignment. Its lock is held for a few dozen instructions and never across a system call.
/// </summary>
internal sealed class SegmentChain(long maxBytes) : IDisposable
{
    /// <summary>Made ahead: what a burst may fill while the disk makes more.</summary>
    public const int WantedSpares = 3;

    private const int BodiesPercent = 80;

    private readonly Lock _lock = new();
    private readonly Queue<Segment> _spares = new(WantedSpares);
    private readonly SemaphoreSlim _rolled = new(0);
    private Segment? _first;
    private Segment? _last;
    private Segment? _active;
    private long _settledBytes;
    private long _spareBytes;
    private int _count;
    private bool _closed = true;
    private long _appendedCalls, _appendedBodies, _appendedBytes;

    public long AppendedCalls => Interlocked.Read(ref _appendedCalls);
    public long AppendedBodies => Interlocked.Read(ref _appendedBodies);
    public long AppendedBytes => Interlocked.Read(ref _appendedBytes);

    public Segment? First
    {
        get
        {
            lock (_lock)
            {
                return _first;
            }
        }
    }

    public bool Closed => Volatile.Read(ref _closed);

    /// <summary>Bytes of all files.</summary>
    public long FileBytes
    {
        get
        {
            lock (_lock)
            {
                return _settledBytes + (_active?.Length ?? 0) + _spareBytes;
            }
        }
    }

    /// <summary>Bytes that hold something.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_lock)
            {
                return Used;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    public int Spares
    {
        get
        {
            lock (_lock)
            {
                return _spares.Count;
            }
        }
    }

    public bool BodiesGiveWay
    {
        get
        {
            lock (_lock)
            {
                return Used > maxBytes / 100 * BodiesPercent;
            }
        }
    }

    /// <summary>Whether an ordinary call would still find room.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _spares.Count > 0 || (_active is { } active && active.Length - active.Tail > active.Length / 64);
            }
        }
    }

    private long Used => _settledBytes + (_active?.Tail ?? 0);

    public void Open() => Volatile.Write(ref _closed, false);

    /// <summary>Takes over a segment of an earlier boot; oldest first, before <see cref="Open"/>.</summary>
    public void AddDead(Segment segment)
    {
        lock (_lock)
        {
            Append(segment);
            _settledBytes += segment.Length;
        }
    }

    public void AddSpare(Segment segment)
    {
        lock (_lock)
        {
            _spares.Enqueue(segment);
            _spareBytes += segment.Length;
        }
    }

    /// <summary>Finds room for a frame. On true the caller must write the frame.</summary>
    public bool TryReserve(int size, bool isCall, out Segment segment, out int offset)
    {
        var rolled = false;
        try
        {
            lock (_lock)
            {
                segment = _active!;
                offset = 0;
                if (_closed)
                {
                    return false;
                }

                if (_active is null || !_active.TryReserve(size, isCall, out offset))
                {
                    if (!_spares.TryPeek(out var spare) || !spare.TryReserve(size, isCall, out offset))
                    {
                        return false;
                    }

                    Roll();
                    rolled = true;
                }

                segment = _active!;
                _appendedCalls += isCall ? 1 : 0;
                _appendedBodies += isCall ? 0 : 1;
                _appendedBytes += size;
                return true;
            }
        }
        finally
        {
            if (rolled)
            {
                _rolled.Release();
            }
        }
    }

    /// <summary>Blocks until a spare was taken, or for <paramref name="longest"/>.</summary>
    public void WaitForRoll(TimeSpan longest, CancellationToken cancellationToken) => _rolled.Wait(longest, cancellationToken);

    /// <summary>Takes the first segment out, if it is <paramref name="segment"/> and nobody writes it.</summary>
    public bool TryRemoveFirst(Segment segment)
    {
        lock (_lock)
        {
            if (_first != segment || segment == _active || !segment.AtRest)
            {
                return false;
            }

            _first = segment.Next;
            _last = _first is null ? null : _last;
            _settledBytes -= segment.Length;
            _count--;
            return true;
        }
    }

    /// <summary>Forces what was appended so far to the disk.</summary>
    public void Flush()
    {
        for (var segment = First; segment is not null; segment = segment.Next)
        {
            segment.Flush();
        }
    }

    /// <summary>Ends appending, waits for copies under way, and gives the spares back.</summary>
    public IReadOnlyList<Segment> Close()
    {
        lock (_lock)
        {
            _closed = true;
            if (_active is { } active)
            {
                active.Seal();
                _settledBytes += active.Length;
                _active = null;
            }

            Segment[] spares = [.. _spares];
            _spares.Clear();
            _spareBytes = 0;
            return spares;
        }
    }

    public void Dispose() => _rolled.Dispose();

    private void Roll()
    {
        if (_active is { } full)
        {
            _settledBytes += full.Length;
        }

        var sealing = _active;
        _active = _spares.Dequeue();
        _spareBytes -= _active.Length;
        Append(_active);
        sealing?.Seal(); // after Append: who sees the seal finds the next segment
    }

    private void Append(Segment segment)
    {
        _last?.Follow(segment);
        _last = segment;
        _first ??= segment;
        _count++;
    }
}
