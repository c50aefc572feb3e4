using System.Buffers;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Spool;

/// <summary>The spool: appends from every request, one reader for delivery, opened and closed by <see cref="SpoolWorker"/>.</summary>
internal sealed class CallSpool : ICallSpool, ISpoolStatus, IDisposable
{
    private static readonly byte[] DroppedNote = NoteOf(CallBodyNote.Dropped);

    private readonly SpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<CallSpool> _log;
    private readonly SpoolBoot _boot = SpoolBoot.New();
    private readonly SegmentFolder _folder;
    private readonly SegmentChain _chain;
    private SpoolLease? _lease;

    public CallSpool(IOptions<SpoolOptions> options, TimeProvider time, ILogger<CallSpool> log)
    {
        (_options, _time, _log) = (options.Value, time, log);
        _folder = new SegmentFolder(_options.Folder);
        _chain = new SegmentChain(_options.MaxBytes);
        Reader = new SpoolReader(_chain, _folder, Drops, _boot, log);
        Supply = new SegmentSupply(_folder, _chain, Reader, _options, _boot, time, log);
    }

    public string Boot => _boot.Text;

    /// <summary>The folder's full path.</summary>
    public string Folder => _folder.Path;

    public SpoolReader Reader { get; }
    public SegmentSupply Supply { get; }
    public SpoolDrops Drops { get; } = new();

    public long AppendedCalls => _chain.AppendedCalls;
    public long AppendedBodies => _chain.AppendedBodies;
    public long AppendedBytes => _chain.AppendedBytes;
    public bool HasRoom => !_chain.Closed && _chain.HasRoom;

    public SpoolStatus Status => new(
        !_chain.Closed,
        Supply.Writable,
        HasRoom,
        _options.OnPressure == PressurePolicy.DropBodies && _chain.BodiesGiveWay,
        Reader.Undelivered,
        Reader.Undelivered == 0 ? 0 : _chain.UsedBytes,
        _chain.FileBytes,
        _chain.Count,
        Reader.Corrupt,
        Drops.Calls,
        Drops.Bodies,
        Reader.Oldest);

    public bool AppendCall(long sequence, ReadOnlySpan<byte> record, bool bodiesFollow)
    {
        if (TryAppend(bodiesFollow ? FrameKind.CallWithBodies : FrameKind.Call, sequence, record))
        {
            return true;
        }

        Drops.Call(WhyNot(record.Length), 1);
        return false;
    }

    public void AppendBodies(long sequence, ReadOnlySpan<byte> fragment)
    {
        // What is no longer than the note that would replace it gains no room.
        var giveWay = _options.OnPressure == PressurePolicy.DropBodies && fragment.Length > DroppedNote.Length && _chain.BodiesGiveWay;
        if (!giveWay && TryAppend(FrameKind.Bodies, sequence, fragment))
        {
            return;
        }

        Drops.Body(giveWay ? SpoolDropReason.Pressure : WhyNot(fragment.Length));
        TryAppend(FrameKind.Bodies, sequence, DroppedNote); // so that delivery does not wait; where even this finds no room, it waits
    }

    /// <summary>Forces what was appended to the disk.</summary>
    public void Flush()
    {
        try
        {
            _chain.Flush();
        }
        catch (IOException e)
        {
            SpoolLog.FlushFailed(_log, e);
        }
    }

    /// <summary>Forces one segment to the disk, unless the policy is to leave that to the kernel.</summary>
    public void Flush(Segment segment)
    {
        if (_options.Fsync == FsyncPolicy.Never)
        {
            return;
        }

        try
        {
            segment.Flush();
        }
        catch (IOException e)
        {
            SpoolLog.FlushFailed(_log, e);
        }
    }

    /// <summary>Takes the folder and what earlier boots left in it.</summary>
    /// <exception cref="SpoolInUseException">Another process has it.</exception>
    /// <exception cref="IOException">The folder cannot be used; the message names it and the key.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            _folder.Create();
            _lease = await SpoolLease.TakeAsync(_folder.Path, _options.LeaseWait, _time, cancellationToken);
            Recover();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or (IOException and not SpoolInUseException))
        {
            _lease?.Dispose();
            throw new IOException($"Spool:Folder {_folder.Path} cannot be used: {e.Message} Make it writable for this user, or name another folder.", e);
        }

        Supply.Refill();
        _chain.Open();
        SpoolLog.Opened(_log, _folder.Path, Boot, Reader.Undelivered);
    }

    /// <summary>Ends appending and lets go of the folder. Nothing may be reading any more.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var spare in _chain.Close())
        {
            spare.Dispose();
            File.Delete(spare.Path);
        }

        while (_chain.First is { } first)
        {
            while (!first.AtRest)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), _time, cancellationToken);
            }

            Flush(first);
            _chain.TryRemoveFirst(first);
            var done = first.Undelivered == 0 && !first.Damaged;
            first.Dispose();
            if (done)
            {
                File.Delete(first.Path);
            }
        }

        _lease?.Dispose();
        SpoolLog.Closed(_log, Reader.Undelivered);
    }

    /// <summary>For a spool that is not closed in order: gives the folder back. Its memory goes with the process.</summary>
    public void Dispose()
    {
        _lease?.Dispose();
        _chain.Dispose();
    }

    /// <summary>A fragment that says of both bodies why they are not there.</summary>
    public static byte[] NoteOf(CallBodyNote note)
    {
        var fragment = new ArrayBufferWriter<byte>(128);
        var body = new CallBody(ReadOnlyMemory<byte>.Empty, note, 0);
        CallLogWriter.WriteBodies(body, body, fragment);
        return fragment.WrittenSpan.ToArray();
    }

    private bool TryAppend(FrameKind kind, long sequence, ReadOnlySpan<byte> payload)
    {
        if (!_chain.TryReserve(SpoolFrame.HeaderBytes + payload.Length, kind != FrameKind.Bodies, out var segment, out var offset))
        {
            return false;
        }

        segment.Write(offset, kind, sequence, payload);
        if (_options.Fsync == FsyncPolicy.Always)
        {
            Flush(segment);
        }

        return true;
    }

    private SpoolDropReason WhyNot(int payload)
    {
        if (_chain.Closed)
        {
            return SpoolDropReason.Closed;
        }

        if (payload > _options.SegmentBytes - SegmentHeader.DataOffset - SpoolFrame.HeaderBytes)
        {
            return SpoolDropReason.TooLarge;
        }

        return _chain.FileBytes + _options.SegmentBytes > _options.MaxBytes ? SpoolDropReason.Full : SpoolDropReason.Unwritable;
    }

    private void Recover()
    {
        foreach (var (path, sequence) in _folder.List())
        {
            Supply.StartAfter(sequence);
            if (Segment.Open(path, out var error) is { } segment)
            {
                Reader.AddRecovered(segment);
                if (segment.Length < segment.Header.Length)
                {
                    Reader.FoundDamage(segment, segment.Length);
                }

                _chain.AddDead(segment);
            }
            else
            {
                Reader.FoundCorrupt();
                SpoolLog.SegmentUnreadable(_log, path, error);
                SpoolLog.Quarantined(_log, _folder.Quarantine(path));
            }
        }
    }
}
