using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Packing;
using KubeLens.Store.Search;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Objects;

/// <summary>What one call did to its object.</summary>
internal sealed class CallChangeReader(CallSearch search, CallItems items, PackReader packs, TimeProvider time, IOptions<SearchOptions> options, ILogger<ObjectFactsReader> logger)
{
    /// <summary>Null when there is no such call, or it is about no single object.</summary>
    public async Task<CallChange?> ReadAsync(CallId id, CancellationToken cancellationToken)
    {
        var (started, timeout) = (time.GetTimestamp(), TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        if (await FindAsync(id, cancellationToken) is not { Key: { } key } call)
        {
            return null;
        }

        var range = new TimeRange(DateTimeOffset.UnixEpoch, call.At);
        var calls = new ObjectCalls(search, items, key.Calls(call.Item.Cluster, uid: null), range, after: null, () => timeout - time.GetElapsedTime(started), call);
        var versions = new ObjectVersions(calls, new ObjectFactsReader(packs, logger));
        var (version, before, body) = await versions.DescribeAsync(0, cancellationToken);
        var (last, after) = version.Verb == "delete" ? (body, null) : (before, body);
        return new CallChange(version, (last ?? await versions.StateBeforeAsync(0, cancellationToken))?.ToState(), after?.ToState());
    }

    /// <summary>The object in the call's answer; null when there is none.</summary>
    public async Task<ObjectState?> ReadStateAsync(CallId id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { Key: not null } call ? (await new ObjectFactsReader(packs, logger).ReadAsync(call, cancellationToken)).Body?.ToState() : null;

    private async Task<ObjectCall?> FindAsync(CallId id, CancellationToken cancellationToken) =>
        await search.FindAsync(id, cancellationToken) is { } row ? ObjectCall.Of(row, await items.ReadTextsAsync([row], cancellationToken)) : null;
}
