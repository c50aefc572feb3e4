using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Search;

/// <summary>Some of many calls, each as likely as another, without what they sent and got.</summary>
internal sealed class CallSample(Random random, int size)
{
    private readonly List<CallRecord> _calls = [];
    private long _seen;

    public IReadOnlyList<CallRecord> Calls => _calls;

    public void Add(CallRecord call)
    {
        _seen++;
        var place = _calls.Count < size ? _calls.Count : random.NextInt64(_seen);
        if (place >= size)
        {
            return;
        }

        var kept = call with { RequestBody = CallBody.None, ResponseBody = CallBody.None, RequestHeaders = [], ResponseHeaders = [] };
        if (place == _calls.Count)
        {
            _calls.Add(kept);
        }
        else
        {
            _calls[(int)place] = kept;
        }
    }
}
