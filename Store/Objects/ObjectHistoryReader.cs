using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;
using KubeLens.Store.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Objects;

/// <summary>
/// A page of what calls did to an object:
/// <code>
/// 1 which cluster → 2 the calls, newest first, until enough of them are versions → 3 what each did, with the bodies of those on the page and of the states that they are compared with
/// </code>
/// </summary>
internal sealed class ObjectHistoryReader(CallSearch search, CallItems items, PackReader packs, IDbContextFactory<StoreContext> contexts, TimeProvider time, IOptions<SearchOptions> options, ILogger<ObjectFactsReader> logger)
{
    /// <summary>When so many bytes of bodies are read, the page ends.</summary>
    public const long MaxBytes = 64 << 20;

    private const int CallsAtOnce = 500;

    /// <summary>Fails as <see cref="CallSearch.SearchAsync"/> does when the database takes too long.</summary>
    /// <returns>The page; or the clusters that there are to choose from.</returns>
    public async Task<(ObjectHistory? Page, IReadOnlyList<string> Clusters)> ReadAsync(ObjectRequest request, CancellationToken cancellationToken)
    {
        var (started, timeout) = (time.GetTimestamp(), TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        TimeSpan Left() => timeout - time.GetElapsedTime(started);
        IReadOnlyList<string> clusters = request.Cluster.Length > 0 ? [request.Cluster] : await ClustersAsync(request, Left, cancellationToken);
        return clusters.Count > 1
            ? (null, clusters)
            : (await ReadAsync(request, clusters.Count > 0 ? clusters[0] : "", Left, cancellationToken), clusters);
    }

    // 1
    private async Task<IReadOnlyList<string>> ClustersAsync(ObjectRequest request, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await context.Dims.Where(dim => dim.Kind == DimKind.Cluster && dim.Value != "").Select(dim => dim.Value).ToListAsync(cancellationToken);
        if (all.Count < 2)
        {
            return all;
        }

        var found = new List<string>();
        foreach (var cluster in all.Order(StringComparer.Ordinal))
        {
            var one = request.Page with { Query = request.Key.Calls(cluster, request.Uid), Limit = 1, After = null };
            if ((await search.FindEndedAsync(one, left(), cancellationToken)).Count > 0)
            {
                found.Add(cluster);
            }
        }

        return found;
    }

    private async Task<ObjectHistory> ReadAsync(ObjectRequest request, string cluster, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        var page = request.Page;
        var calls = new ObjectCalls(search, items, request.Key.Calls(cluster, request.Uid), page.Range, page.After, left);
        var places = await FindAsync(calls, page.Limit + 1, cancellationToken);
        var facts = new ObjectFactsReader(packs, logger);
        var describer = new ObjectVersions(calls, facts);
        var versions = new List<ObjectVersion>();
        foreach (var place in places.Take(page.Limit))
        {
            if (facts.BytesRead > MaxBytes)
            {
                break;
            }

            versions.Add((await describer.DescribeAsync(place, cancellationToken)).Version);
        }

        var last = versions.Count < places.Count ? calls.Read[places[versions.Count - 1]] : calls.IsFull ? calls.Read[ObjectCalls.MaxCalls - 1] : null;
        return new ObjectHistory
        {
            Cluster = cluster,
            ApiGroup = request.Key.Group,
            Resource = request.Key.Resource,
            Namespace = request.Key.Namespace,
            Name = request.Key.Name,
            From = page.Range.From,
            To = page.Range.To,
            Versions = versions,
            Next = last is null ? null : new SearchCursor(page.Fingerprint, page.Range, RowPosition.Of(last.Row)).ToString(),
        };
    }

    // 2
    private static async Task<List<int>> FindAsync(ObjectCalls calls, int wanted, CancellationToken cancellationToken)
    {
        var versions = new List<int>();
        for (var most = wanted * 2; versions.Count < wanted && !calls.IsWhole && !calls.IsFull; most = CallsAtOnce)
        {
            await calls.ReadRangeAsync(most, cancellationToken);
            versions = ObjectTimeline.VersionsOf(calls.Read, isAll: calls.IsFull);
        }

        // The first that is known of the range may have been made before it.
        if (calls.IsWhole && versions.Count < wanted)
        {
            await calls.ReadOlderAsync(cancellationToken);
            versions = ObjectTimeline.VersionsOf(calls.Read, isAll: true);
        }

        return [.. versions.Where(place => calls.IsInRange(calls.Read[place])).Take(wanted)];
    }
}
