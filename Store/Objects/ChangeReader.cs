using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;
using KubeLens.Store.Search;

namespace KubeLens.Store.Objects;

/// <summary>What updates and patches changed, as <see cref="CallChangeReader"/> says it, of many calls one after the other, newest first. For one search.</summary>
/// <param name="search">Finds the calls before.</param>
/// <param name="items">Makes them readable.</param>
/// <param name="packs">Have their bodies.</param>
/// <param name="left">How much time there still is.</param>
/// <param name="logger">Of what is damaged.</param>
internal sealed class ChangeReader(CallSearch search, CallItems items, PackReader packs, Func<TimeSpan> left, ILogger<ObjectFactsReader> logger)
{
    private readonly ObjectFactsReader _facts = new(packs, logger);
    private readonly Dictionary<(string Cluster, ObjectKey Key), (ObjectCalls Calls, ObjectVersions Versions)> _objects = [];

    /// <summary>Bytes of all bodies that were read.</summary>
    public long BytesRead => _facts.BytesRead;

    /// <summary>Null where it is not known, and for calls that are no update or patch of one object.</summary>
    public async Task<ObjectChanges?> ReadAsync(Call row, CancellationToken cancellationToken)
    {
        var call = ObjectCall.Of(row, await items.ReadTextsAsync([row], cancellationToken));
        if (call.Key is not { } key || call.Item.Verb is not ("update" or "patch") || !call.Succeeded)
        {
            return null;
        }

        // A newer call on the object may have read this one already, and what came before it, though perhaps not far enough.
        if (_objects.TryGetValue((call.Item.Cluster, key), out var known) && PlaceOf(known.Calls, row) is > 0 and var place && await known.Versions.ChangesAsync(place, cancellationToken) is { } changes)
        {
            return changes;
        }

        var calls = new ObjectCalls(search, items, key.Calls(call.Item.Cluster, uid: null), new TimeRange(DateTimeOffset.UnixEpoch, call.At), after: null, left, call);
        var versions = new ObjectVersions(calls, _facts);
        _objects[(call.Item.Cluster, key)] = (calls, versions);
        return await versions.ChangesAsync(0, cancellationToken);
    }

    private static int PlaceOf(ObjectCalls calls, Call row)
    {
        for (var i = 0; i < calls.Read.Count; i++)
        {
            if (RowPosition.Of(calls.Read[i].Row) == RowPosition.Of(row))
            {
                return i;
            }
        }

        return -1;
    }
}
