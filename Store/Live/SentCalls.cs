using KubeLens.Store.Search;

namespace KubeLens.Store.Live;

/// <summary>The calls that a feed has sent last: a batch may be stored in parts, and what was stored meanwhile is looked for more than once.</summary>
internal sealed class SentCalls
{
    private const int Most = 8192;

    private readonly HashSet<RowPosition> _calls = [];
    private readonly Queue<RowPosition> _order = [];

    /// <summary>False when it was sent already.</summary>
    public bool Add(RowPosition call)
    {
        if (!_calls.Add(call))
        {
            return false;
        }

        _order.Enqueue(call);
        if (_order.Count > Most)
        {
            _calls.Remove(_order.Dequeue());
        }

        return true;
    }
}
