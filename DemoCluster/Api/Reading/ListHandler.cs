using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Reading;

internal sealed class ListHandler(RevisionStore revisions)
{
    public Task ListAsync(ApiCall call) => ObjectOutput.ListAsync(call, Page(call, ListQuery.Of(call)));

    public ListPage Page(ApiCall call, ListQuery query)
    {
        var snapshot = Snapshot(call, query);
        var selected = snapshot.In(call.Namespace).Where(stored => query.Matches(call, stored));
        if (query.Continue is { } token)
        {
            selected = selected.Where(stored => string.CompareOrdinal(stored.Key, token.Last) > 0);
        }

        var items = selected.ToList();
        if (query.Limit <= 0 || items.Count <= query.Limit)
        {
            return new ListPage(items, snapshot.Version);
        }

        var chunk = items[..(int)query.Limit];
        return new ListPage(chunk, snapshot.Version)
        {
            Continue = new ContinueToken(snapshot.Version, chunk[^1].Key).Encode(),
            Remaining = query.SelectsAll ? items.Count - chunk.Count : null,
        };
    }

    private StoreSnapshot Snapshot(ApiCall call, ListQuery query)
    {
        var current = revisions.Snapshot(call.Kind);
        if (query.Version > current.Version)
        {
            throw ApiErrors.VersionTooLarge(query.Version.Value, current.Version);
        }

        if (query.Continue is { } token)
        {
            return revisions.TrySnapshotAt(call.Kind, token.Version, out var then) ? then : throw ApiErrors.Expired(
                "The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.");
        }

        if (query is { Match: "Exact", Version: { } exact })
        {
            return revisions.TrySnapshotAt(call.Kind, exact, out var then) ? then : throw ApiErrors.Expired("The resourceVersion for the provided list is too old.");
        }

        return current;
    }
}
