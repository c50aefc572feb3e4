using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Reading;
using KubeLens.DemoCluster.Api.Routing;

namespace KubeLens.DemoCluster.Api.Watching;

/// <summary>What a watch wants besides what a list does.</summary>
internal sealed record WatchQuery(ListQuery List)
{
    /// <summary>The API server picks a time between this and twice this when the client names none.</summary>
    private const int ShortestMinutes = 30;

    public required TimeSpan Timeout { get; init; }

    public bool Bookmarks { get; init; }

    /// <summary>Null when not asked: then a watch from version 0 or none begins with the objects that are there.</summary>
    public bool? SendInitialEvents { get; init; }

    public bool BeginsWithObjects => SendInitialEvents ?? List.Version is null or 0;

    /// <exception cref="ApiException">422 when the options contradict each other.</exception>
    public static WatchQuery Of(ApiCall call)
    {
        var list = ListQuery.Of(call);
        bool? initial = call.Query("sendInitialEvents").Length == 0 ? null : call.Flag("sendInitialEvents");
        var causes = new InvalidCauses();
        if (initial is not null && list.Match != "NotOlderThan")
        {
            causes.Forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        else if (initial is null && list.Match.Length > 0)
        {
            causes.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        }

        causes.ThrowIfAny("meta.k8s.io", "ListOptions", "");
        var seconds = ListQuery.Number(call.Query("timeoutSeconds"));
        return new WatchQuery(list)
        {
            Timeout = seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds.Value, 86_400)) : TimeSpan.FromMinutes(ShortestMinutes * (1 + Random.Shared.NextDouble())),
            Bookmarks = call.Flag("allowWatchBookmarks"),
            SendInitialEvents = initial,
        };
    }
}
