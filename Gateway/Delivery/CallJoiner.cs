using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Delivery;

/// <summary>
/// Reads the spool and joins calls with their bodies. Calls come out in the order they were appended: one that waits for
/// its bodies holds up those behind it, for at most <see cref="DeliveryOptions.BodyWait"/>. Used under the reader's gate.
/// </summary>
internal sealed class CallJoiner(SpoolReader reader, DeliveryOptions options, DeliveryMetrics metrics, TimeProvider time)
{
    /// <summary>Calls read ahead while the first waits for its bodies; beyond it the first goes without.</summary>
    public const int MaxReadAhead = 32 * 1024;

    private readonly Queue<PendingCall> _waiting = new();
    private readonly Queue<PendingCall> _ready = new();
    private readonly Dictionary<long, PendingCall> _open = [];
    private readonly Dictionary<long, (PlacedMark Mark, int Ordinal)> _marked = [];
    private Segment? _entered;
    private PlacedMark? _lastReadyMark;

    /// <summary>In their order, complete. Take from the front by <see cref="Take"/>.</summary>
    public IReadOnlyCollection<PendingCall> Ready => _ready;

    public long ReadyBytes { get; private set; }

    /// <summary>First call that is in no batch yet, if any was read.</summary>
    public PendingCall? First => _ready.TryPeek(out var ready) ? ready : _waiting.TryPeek(out var waiting) ? waiting : null;

    // A batch of an earlier boot goes out whole, however large it was allowed to be then.
    private bool IsEnough =>
        (_ready.Count >= options.BatchCalls || ReadyBytes >= options.BatchBytes)
        && (_ready.Peek().Mark is not { } mark || _lastReadyMark != mark);

    /// <summary>Reads until a batch's worth is ready, or all there is was read.</summary>
    public void Fill()
    {
        ForgetDropped();
        while (!IsEnough)
        {
            if (_waiting.Count >= MaxReadAhead)
            {
                GoWithout(_waiting.Peek(), CallBodyNote.Dropped);
            }
            else if (reader.TryRead(out var frame))
            {
                Enter(frame.Segment);
                Accept(frame);
            }
            else
            {
                EndOfData();
                return;
            }

            Settle();
        }
    }

    public PendingCall Take()
    {
        var call = _ready.Dequeue();
        ReadyBytes -= call.Bytes;
        Close(call);
        return call;
    }

    /// <summary>Whether a call of the same earlier batch as the last ready one may still become ready.</summary>
    public bool MoreMayJoin(PlacedMark mark) =>
        _lastReadyMark == mark && (_waiting.TryPeek(out var next) ? next.Mark == mark : !reader.IsPast(_entered!));

    private void Accept(in SpoolFrame frame)
    {
        if (frame.Kind != FrameKind.Bodies)
        {
            var marked = _marked.Remove(frame.Sequence, out var place);
            var call = new PendingCall(frame, time.GetTimestamp()) { Mark = marked ? place.Mark : null, Ordinal = place.Ordinal };
            _waiting.Enqueue(call);
            if (frame.Kind == FrameKind.CallWithBodies)
            {
                _open[frame.Sequence] = call;
            }
        }
        else if (_open.TryGetValue(frame.Sequence, out var call))
        {
            // It may be ready already: a further fragment, or late bodies of one that is in no batch yet.
            call.Note = CallBodyNote.Whole;
            call.Add(frame);
            ReadyBytes += call.IsReady ? frame.PayloadLength : 0;
        }
        else if (frame.Segment.Live)
        {
            metrics.LateBodies.Add(1);
        }
    }

    private void Enter(Segment segment)
    {
        if (segment == _entered)
        {
            return;
        }

        if (_entered is not null && _entered.Header.Boot != segment.Header.Boot)
        {
            EndBoot();
        }

        _entered = segment;
        for (var slot = 0; !segment.Live && slot < BatchMark.Slots; slot++)
        {
            if (segment.ReadMark(slot) is { } mark)
            {
                var placed = new PlacedMark(mark, segment, slot);
                for (var i = 0; i < mark.Sequences.Count; i++)
                {
                    _marked[mark.Sequences[i]] = (placed, i);
                }
            }
        }
    }

    private void EndOfData()
    {
        if (_entered is { Live: false } dead && reader.IsPast(dead))
        {
            EndBoot();
        }

        // Only now, with everything read, is a missing body late.
        while (_waiting.TryPeek(out var first) && !first.IsComplete && time.GetElapsedTime(first.ReadAt) >= options.BodyWait)
        {
            GoWithout(first, CallBodyNote.Dropped);
            Settle();
        }

        Settle();
    }

    // The process that was to append the bodies is gone.
    private void EndBoot()
    {
        foreach (var call in _waiting)
        {
            if (!call.IsComplete)
            {
                GoWithout(call, CallBodyNote.Lost);
            }
        }

        Settle();
        _open.Clear();
        _marked.Clear();
    }

    private void GoWithout(PendingCall call, CallBodyNote note)
    {
        if (!call.IsComplete)
        {
            call.Note = note;
            metrics.MissingBodies(note);
        }
    }

    private void Settle()
    {
        while (_waiting.TryPeek(out var first) && first.IsComplete)
        {
            _ready.Enqueue(_waiting.Dequeue());
            ReadyBytes += first.Bytes;
            _lastReadyMark = first.Mark;
            first.IsReady = true;
        }
    }

    // The pressure policy took the oldest segment away, and with it the memory of these calls.
    private void ForgetDropped()
    {
        while (_ready.TryPeek(out var call) && call.Frame.Segment.Dropped)
        {
            Take();
        }

        while (_waiting.TryPeek(out var call) && call.Frame.Segment.Dropped)
        {
            Close(_waiting.Dequeue());
        }
    }

    // Sequences are unique within a boot only.
    private void Close(PendingCall call)
    {
        if (_open.TryGetValue(call.Frame.Sequence, out var open) && open == call)
        {
            _open.Remove(call.Frame.Sequence);
        }
    }
}
