using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Delivery;

/// <summary>A call that was read from the spool and is not in a batch yet. It refers to the spool's memory, it holds no copy.</summary>
internal sealed class PendingCall(SpoolFrame frame, long readAt)
{
    private SpoolFrame? _bodies;
    private List<SpoolFrame>? _more;

    public SpoolFrame Frame => frame;

    /// <summary>A timestamp of the time provider.</summary>
    public long ReadAt => readAt;

    public bool IsComplete => frame.Kind == FrameKind.Call || _bodies is not null || Note != CallBodyNote.Whole;

    /// <summary>Why it goes without its bodies.</summary>
    public CallBodyNote Note { get; set; }

    /// <summary>All calls before it are complete too.</summary>
    public bool IsReady { get; set; }

    /// <summary>The batch that an earlier boot put it into, and its place there.</summary>
    public PlacedMark? Mark { get; init; }

    public int Ordinal { get; init; }

    public int Bytes { get; private set; } = frame.PayloadLength;

    public void Add(SpoolFrame bodies)
    {
        Bytes += bodies.PayloadLength;
        if (_bodies is null)
        {
            _bodies = bodies;
        }
        else
        {
            (_more ??= []).Add(bodies);
        }
    }

    /// <summary>The fragments in their order.</summary>
    public IEnumerable<SpoolFrame> Fragments => _bodies is { } first ? _more is null ? [first] : [first, .. _more] : [];
}
