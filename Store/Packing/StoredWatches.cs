using KubeLens.Contracts.Calls;

namespace KubeLens.Store.Packing;

/// <summary>The events of a watch in the form in which they are stored.</summary>
internal static class StoredWatches
{
    /// <summary>Null for every other call.</summary>
    public static StoredWatch? Of(CallWatch watch)
    {
        if (watch.Encoding.Length == 0)
        {
            return null;
        }

        var stored = new StoredWatch
        {
            Encoding = watch.Encoding,
            Added = Count(watch.Added, watch.AddedBytes),
            Modified = Count(watch.Modified, watch.ModifiedBytes),
            Deleted = Count(watch.Deleted, watch.DeletedBytes),
            Bookmarks = Count(watch.Bookmarks, watch.BookmarkBytes),
            Errors = Count(watch.Errors, watch.ErrorBytes),
            Unknown = Count(watch.Unknown, watch.UnknownBytes),
            FirstVersion = watch.FirstVersion,
            LastVersion = watch.LastVersion,
            BookmarkVersion = watch.BookmarkVersion,
            ErrorCode = watch.ErrorCode,
            ErrorReason = watch.ErrorReason,
            Uncounted = watch.Uncounted,
            Events = { watch.Events.Select(Event) },
        };
        if (watch.FirstUs is { } first)
        {
            stored.FirstUs = first;
        }

        if (watch.LastUs is { } last)
        {
            stored.LastUs = last;
        }

        return stored;
    }

    private static StoredWatchCount? Count(long events, long bytes) => events + bytes == 0 ? null : new StoredWatchCount { Events = events, Bytes = bytes };

    private static StoredWatchEvent Event(CallWatchEvent e) =>
        new() { Type = e.Type, Namespace = e.Namespace, Name = e.Name, ResourceVersion = e.ResourceVersion, Bytes = e.Bytes, AtUs = e.AtUs };
}
