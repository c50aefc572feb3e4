using KubeLens.Contracts.Search;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Search;

/// <summary>The events of a watch as the API tells them.</summary>
internal static class WatchItems
{
    private const double MicrosecondsPerMillisecond = 1000;

    public static WatchItem? Of(StoredWatch? stored) => stored is null ? null : new WatchItem
    {
        Encoding = stored.Encoding,
        Added = Count(stored.Added),
        Modified = Count(stored.Modified),
        Deleted = Count(stored.Deleted),
        Bookmarks = Count(stored.Bookmarks),
        Errors = Count(stored.Errors),
        Unknown = Count(stored.Unknown),
        FirstMs = stored.HasFirstUs ? stored.FirstUs / MicrosecondsPerMillisecond : null,
        LastMs = stored.HasLastUs ? stored.LastUs / MicrosecondsPerMillisecond : null,
        FirstVersion = stored.FirstVersion,
        LastVersion = stored.LastVersion,
        BookmarkVersion = stored.BookmarkVersion,
        ErrorCode = stored.ErrorCode > 0 ? stored.ErrorCode : null,
        ErrorReason = stored.ErrorReason,
        Uncounted = stored.Uncounted,
        Events = [.. stored.Events.Select(e => new WatchEventItem(e.Type, e.Namespace, e.Name, e.ResourceVersion, e.Bytes, e.AtUs / MicrosecondsPerMillisecond))],
    };

    private static WatchCount Count(StoredWatchCount? stored) => new(stored?.Events ?? 0, stored?.Bytes ?? 0);
}
