namespace KubeLens.Gateway.Spool;

/// <summary>
/// Delivery's side of the spool: frames in their order, marks of batches, and the read position. One reader a spool.
/// Whatever touches a segment's memory holds <see cref="Gate"/>, because making room may take the oldest segment away;
/// copies out of a segment are short, so the gate is too.
/// </summary>
internal sealed class SpoolReader(SegmentChain chain, SegmentFolder folder, SpoolDrops drops, SpoolBoot boot, ILogger log)
{
    private Segment? _segment;
    private int _offset;
    private uint _batches;
    private long _delivered;
    private long _recovered;
    private long _oldestTicks;

    public Lock Gate { get; } = new();

    /// <summary>When the oldest undelivered call was appended, as far as it is known; null when there is none.</summary>
    public DateTimeOffset? Oldest
    {
        get => Interlocked.Read(ref _oldestTicks) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        set => Interlocked.Exchange(ref _oldestTicks, value?.UtcTicks ?? 0);
    }

    /// <summary>Segments whose checksums failed.</summary>
    public int Corrupt { get; private set; }

    /// <summary>The segment that the next frame is looked for in; null before there is one.</summary>
    public Segment? Cursor => _segment;

    /// <summary>Calls appended, by this boot or an earlier one, and neither answered for nor dropped.</summary>
    public long Undelivered => Math.Max(0, Interlocked.Read(ref _recovered) + chain.AppendedCalls - Interlocked.Read(ref _delivered));

    public void AddRecovered(Segment segment) => _recovered += segment.Undelivered;

    /// <summary>A batch id that this boot has not used.</summary>
    public long NewBatchId() => boot.BatchBase | ++_batches;

    public void FoundCorrupt() => Corrupt++;

    /// <summary>Counts and logs a segment once.</summary>
    public void FoundDamage(Segment segment, int offset)
    {
        if (!segment.Damaged)
        {
            segment.Damaged = true;
            Corrupt++;
            SpoolLog.SegmentDamaged(log, segment.Path, offset);
        }
    }

    /// <summary>The next whole frame; false when there is none yet.</summary>
    public bool TryRead(out SpoolFrame frame)
    {
        frame = default;
        if (_segment is null && !TryEnter(chain.First))
        {
            return false;
        }

        while (!(_segment!.Live ? TryReadLive(out frame) : TryReadDead(out frame)))
        {
            var ended = _segment.Live ? _segment.SealedAt >= 0 && _offset >= _segment.SealedAt : true;
            if (!ended || !TryEnter(_segment.Next))
            {
                return false;
            }
        }

        _offset = frame.End;
        return true;
    }

    /// <summary>No frame of <paramref name="other"/>'s boot is still to be read.</summary>
    public bool IsPast(Segment other) =>
        _segment is null || _segment.Header.Boot != other.Header.Boot || (!_segment.Live && _segment.Next is null && !FrameScanner.TryNext(_segment, _offset, out _, out _));

    /// <summary>Records how far <paramref name="segment"/> is delivered.</summary>
    public void Advance(Segment segment, int position, int calls)
    {
        if (!segment.Dropped)
        {
            segment.Advance(position, calls);
            Interlocked.Add(ref _delivered, calls);
        }
    }

    /// <summary>Deletes what lies before <paramref name="needed"/>, the segment of the first undelivered call (null: before the cursor).</summary>
    public void ReleaseBefore(Segment? needed)
    {
        needed ??= _segment;
        while (chain.First is { } first && needed is not null && first.Header.Sequence < needed.Header.Sequence && chain.TryRemoveFirst(first))
        {
            var damaged = first.Damaged;
            // What the header counted but no frame was found for is gone with the damage.
            Interlocked.Add(ref _delivered, first.Undelivered);
            first.Dispose();
            Discard(first.Path, damaged);
        }
    }

    /// <summary>Gives up the oldest segment, whatever it holds. False when it is the one being written.</summary>
    public bool DropOldest()
    {
        lock (Gate)
        {
            var oldest = chain.First;
            if (oldest is null || !chain.TryRemoveFirst(oldest))
            {
                return false;
            }

            if (_segment == oldest)
            {
                _segment = null;
                TryEnter(oldest.Next);
            }

            var calls = oldest.Undelivered;
            drops.Call(SpoolDropReason.Oldest, calls);
            Interlocked.Add(ref _delivered, calls);
            SpoolLog.OldestDropped(log, Path.GetFileName(oldest.Path), calls);
            oldest.Drop();
            Discard(oldest.Path, damaged: false);
            return true;
        }
    }

    private bool TryEnter(Segment? segment)
    {
        if (segment is null)
        {
            return false;
        }

        _segment = segment;
        _offset = segment.ReadPosition;
        return true;
    }

    private bool TryReadLive(out SpoolFrame frame)
    {
        frame = default;
        while (_offset <= _segment!.Length - SpoolFrame.HeaderBytes)
        {
            var size = _segment.SizeWord(_offset);
            if (size == 0 || (size & SpoolFrame.BeingWritten) != 0)
            {
                return false;
            }

            if (SpoolFrame.TryParse(_segment, _offset, size, out frame))
            {
                return true;
            }

            // Somebody else wrote into our file. Its sizes are all we have to go on.
            FoundDamage(_segment, _offset);
            _offset = size < (uint)(_segment.Length - _offset) ? _offset + SpoolFrame.Aligned((int)size) : _segment.Length;
        }

        return false;
    }

    private bool TryReadDead(out SpoolFrame frame)
    {
        var found = FrameScanner.TryNext(_segment!, _offset, out frame, out var damaged);
        if (damaged)
        {
            FoundDamage(_segment!, _offset);
        }

        _offset = found ? frame.Offset : _segment!.Length;
        return found;
    }

    private void Discard(string path, bool damaged)
    {
        try
        {
            if (damaged)
            {
                SpoolLog.Quarantined(log, folder.Quarantine(path));
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SpoolLog.NotDiscarded(log, e, path);
        }
    }
}
