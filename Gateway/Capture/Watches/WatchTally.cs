using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Telemetry;

namespace KubeLens.Gateway.Capture.Watches;

/// <summary>Counts events, and keeps the first few. Not thread-safe.</summary>
/// <param name="most">Events to keep.</param>
/// <param name="budget">What they may hold; without it they are counted only.</param>
/// <param name="clock">Time since the call began.</param>
/// <param name="counted">Takes the events into metrics; null for none.</param>
internal sealed class WatchTally(int most, CaptureBudget budget, Func<TimeSpan> clock, WatchEventCount? counted = null) : IDisposable
{
    private const int LongestType = 32, BytesOfEach = 160;

    private readonly long[] _events = new long[WatchEventTypes.Count];
    private readonly long[] _bytes = new long[WatchEventTypes.Count];
    private readonly List<CallWatchEvent> _kept = [];
    private long? _first, _last;
    private string _firstVersion = "", _lastVersion = "", _bookmark = "", _reason = "";
    private int _code, _taken;
    private bool _isFull = most == 0;

    /// <summary>An event has passed.</summary>
    /// <param name="head">What is known of it.</param>
    /// <param name="bytes">Its own, without line end or frame.</param>
    public void Count(WatchHead head, long bytes)
    {
        var type = WatchEventTypes.Of(head.Type);
        _events[(int)type]++;
        _bytes[(int)type] += bytes;
        counted?.Add(type, bytes);
        var at = (long)clock().TotalMicroseconds;
        _first ??= at;
        _last = at;
        if (head.Version.Length > 0)
        {
            _firstVersion = _firstVersion.Length == 0 ? head.Version : _firstVersion;
            _lastVersion = head.Version;
            _bookmark = type == WatchEventType.Bookmark ? head.Version : _bookmark;
        }

        if (type == WatchEventType.Error)
        {
            (_code, _reason) = (head.Code, head.Reason);
        }

        var memory = BytesOfEach + (2 * (head.Namespace.Length + head.Name.Length + head.Version.Length));
        if (!_isFull && budget.TryTake(memory))
        {
            _taken += memory;
            _kept.Add(new CallWatchEvent(type == WatchEventType.Unknown ? WholeText.Cut(Safe(head.Type), LongestType) : WatchEventTypes.NameOf(type), Safe(head.Namespace), Safe(head.Name), Safe(head.Version), bytes, at));
            _isFull = _kept.Count == most;
        }
        else
        {
            _isFull = true;
        }
    }

    /// <param name="withEvents">Also those that are kept.</param>
    public CallWatch Describe(bool withEvents) => new()
    {
        Added = _events[(int)WatchEventType.Added],
        AddedBytes = _bytes[(int)WatchEventType.Added],
        Modified = _events[(int)WatchEventType.Modified],
        ModifiedBytes = _bytes[(int)WatchEventType.Modified],
        Deleted = _events[(int)WatchEventType.Deleted],
        DeletedBytes = _bytes[(int)WatchEventType.Deleted],
        Bookmarks = _events[(int)WatchEventType.Bookmark],
        BookmarkBytes = _bytes[(int)WatchEventType.Bookmark],
        Errors = _events[(int)WatchEventType.Error],
        ErrorBytes = _bytes[(int)WatchEventType.Error],
        Unknown = _events[(int)WatchEventType.Unknown],
        UnknownBytes = _bytes[(int)WatchEventType.Unknown],
        FirstUs = _first,
        LastUs = _last,
        FirstVersion = Safe(_firstVersion),
        LastVersion = Safe(_lastVersion),
        BookmarkVersion = Safe(_bookmark),
        ErrorCode = _code,
        ErrorReason = Safe(_reason),
        Events = withEvents ? [.. _kept] : [],
    };

    public void Dispose()
    {
        budget.GiveBack(_taken);
        _taken = 0;
        _kept.Clear();
    }

    // No name of Kubernetes is a credential, but whatever stands in the place of one is told.
    private static string Safe(string text) => CredentialText.Contains(text) ? HeaderRedactor.Redacted : text;
}
