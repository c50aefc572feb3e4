using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using Npgsql;

namespace KubeLens.Store.Objects;

/// <summary>
/// The calls on an object, newest first, read as far as somebody asks: first those of a range, up to <see cref="MaxCalls"/>, then some that are older than it.
/// Each piece is a search of its own from where the last one ended, so it does not matter what is sealed meanwhile.
/// </summary>
/// <param name="search">Finds them.</param>
/// <param name="items">Makes them readable.</param>
/// <param name="query">Of <see cref="ObjectKey.Calls"/>.</param>
/// <param name="range">Which are asked for.</param>
/// <param name="after">Only older ones than this; null for all.</param>
/// <param name="left">How much time there still is.</param>
/// <param name="first">One that is read already, and after which the others come; null without one.</param>
internal sealed class ObjectCalls(CallSearch search, CallItems items, QueryNode query, TimeRange range, RowPosition? after, Func<TimeSpan> left, ObjectCall? first = null)
{
    /// <summary>Most calls of the range that are looked at.</summary>
    public const int MaxCalls = 5_000;

    /// <summary>Most calls before the range that are looked at.</summary>
    public const int MaxOlder = 400;

    private const int OlderAtOnce = 200;

    private static readonly TimeSpan OlderTimeout = TimeSpan.FromSeconds(2);

    private readonly List<ObjectCall> _calls = first is null ? [] : [first];
    private bool _isAll;
    private int _older;

    public IReadOnlyList<ObjectCall> Read => _calls;

    /// <summary>All of the range are read.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>So many of the range are read that there will be no more.</summary>
    public bool IsFull => !IsWhole && _calls.Count >= MaxCalls;

    /// <summary>Whether the call is one of the range.</summary>
    public bool IsInRange(ObjectCall call) => call.At >= range.From.UtcDateTime;

    /// <summary>More of the range, unless <see cref="IsWhole"/> or <see cref="IsFull"/>.</summary>
    /// <param name="most">At once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ReadRangeAsync(int most, CancellationToken cancellationToken)
    {
        most = Math.Min(most, MaxCalls - _calls.Count);
        IsWhole = await AddAsync(range.From, most, left(), cancellationToken) < most;
    }

    /// <summary>More calls, whether of the range or older than it, and how many; 0 when that is all. What takes too long is not read: it is only there to say more of what was found.</summary>
    public async Task<int> ReadOlderAsync(CancellationToken cancellationToken)
    {
        if (_isAll || _older >= MaxOlder)
        {
            return 0;
        }

        _older += OlderAtOnce;
        try
        {
            var found = await AddAsync(DateTimeOffset.UnixEpoch, OlderAtOnce, left() < OlderTimeout ? left() : OlderTimeout, cancellationToken);
            _isAll = found < OlderAtOnce;
            return found;
        }
        catch (PostgresException e) when (e.IsOutOfTime(cancellationToken))
        {
            _isAll = true;
            return 0;
        }
    }

    private async Task<int> AddAsync(DateTimeOffset from, int most, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = new SearchRequest(query, range with { From = from }, most, _calls.Count > 0 ? RowPosition.Of(_calls[^1].Row) : after, Fingerprint: 0);
        var rows = await search.FindEndedAsync(request, timeout, cancellationToken);
        var texts = await items.ReadTextsAsync(rows, cancellationToken);
        _calls.AddRange(rows.Select(row => ObjectCall.Of(row, texts)));
        return rows.Count;
    }
}
