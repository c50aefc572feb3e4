using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

/// <summary>Reads what <see cref="CallWatchWriter"/> wrote.</summary>
internal static class CallWatchReader
{
    public static CallWatch Read(LogAttributes a) => !a.Has(CallWatchAttributes.Encoding)
        ? CallWatch.None
        : new CallWatch
        {
            Encoding = a.Text(CallWatchAttributes.Encoding),
            Added = Count(a, CallWatchAttributes.Added),
            AddedBytes = Count(a, CallWatchAttributes.AddedBytes),
            Modified = Count(a, CallWatchAttributes.Modified),
            ModifiedBytes = Count(a, CallWatchAttributes.ModifiedBytes),
            Deleted = Count(a, CallWatchAttributes.Deleted),
            DeletedBytes = Count(a, CallWatchAttributes.DeletedBytes),
            Bookmarks = Count(a, CallWatchAttributes.Bookmarks),
            BookmarkBytes = Count(a, CallWatchAttributes.BookmarkBytes),
            Errors = Count(a, CallWatchAttributes.Errors),
            ErrorBytes = Count(a, CallWatchAttributes.ErrorBytes),
            Unknown = Count(a, CallWatchAttributes.Unknown),
            UnknownBytes = Count(a, CallWatchAttributes.UnknownBytes),
            FirstUs = Known(a, CallWatchAttributes.First),
            LastUs = Known(a, CallWatchAttributes.Last),
            FirstVersion = a.Text(CallWatchAttributes.FirstVersion),
            LastVersion = a.Text(CallWatchAttributes.LastVersion),
            BookmarkVersion = a.Text(CallWatchAttributes.BookmarkVersion),
            ErrorCode = (int)a.Number(CallWatchAttributes.ErrorCode, 0, int.MaxValue),
            ErrorReason = a.Text(CallWatchAttributes.ErrorReason),
            Uncounted = a.Text(CallWatchAttributes.Uncounted),
            Events = Events(a),
        };

    // So many that their sum is a number, too.
    private static long Count(LogAttributes a, string name) => a.Number(name, 0, long.MaxValue / 8);

    private static long? Known(LogAttributes a, string name) => a.Has(name) ? a.Number(name, 0, long.MaxValue) : null;

    private static List<CallWatchEvent> Events(LogAttributes a)
    {
        var events = new List<CallWatchEvent>();
        foreach (var text in a.Texts(CallWatchAttributes.Events))
        {
            if (!CallWatchEventText.TryParse(text, out var parsed))
            {
                a.Fail(CallWatchAttributes.Events, "JSON arrays of type, namespace, name, resource version, bytes and microseconds");
                break;
            }

            events.Add(parsed);
        }

        return events;
    }
}
