using System.Buffers;
using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

/// <summary>Writes the attributes of a <see cref="CallWatch"/>.</summary>
public static class CallWatchWriter
{
    /// <summary>How far a running watch has come: it replaces what was written of it before.</summary>
    public static void Write(CallWatch watch, IBufferWriter<byte> output) => Write(new ProtobufWriter(output), watch);

    internal static void Write(ProtobufWriter w, CallWatch watch)
    {
        if (watch.Encoding.Length == 0)
        {
            return;
        }

        w.Attribute(CallWatchAttributes.Encoding, watch.Encoding);
        w.PositiveAttribute(CallWatchAttributes.Added, watch.Added);
        w.PositiveAttribute(CallWatchAttributes.AddedBytes, watch.AddedBytes);
        w.PositiveAttribute(CallWatchAttributes.Modified, watch.Modified);
        w.PositiveAttribute(CallWatchAttributes.ModifiedBytes, watch.ModifiedBytes);
        w.PositiveAttribute(CallWatchAttributes.Deleted, watch.Deleted);
        w.PositiveAttribute(CallWatchAttributes.DeletedBytes, watch.DeletedBytes);
        w.PositiveAttribute(CallWatchAttributes.Bookmarks, watch.Bookmarks);
        w.PositiveAttribute(CallWatchAttributes.BookmarkBytes, watch.BookmarkBytes);
        w.PositiveAttribute(CallWatchAttributes.Errors, watch.Errors);
        w.PositiveAttribute(CallWatchAttributes.ErrorBytes, watch.ErrorBytes);
        w.PositiveAttribute(CallWatchAttributes.Unknown, watch.Unknown);
        w.PositiveAttribute(CallWatchAttributes.UnknownBytes, watch.UnknownBytes);
        w.KnownAttribute(CallWatchAttributes.First, watch.FirstUs);
        w.KnownAttribute(CallWatchAttributes.Last, watch.LastUs);
        w.Attribute(CallWatchAttributes.FirstVersion, watch.FirstVersion);
        w.Attribute(CallWatchAttributes.LastVersion, watch.LastVersion);
        w.Attribute(CallWatchAttributes.BookmarkVersion, watch.BookmarkVersion);
        w.PositiveAttribute(CallWatchAttributes.ErrorCode, watch.ErrorCode);
        w.Attribute(CallWatchAttributes.ErrorReason, watch.ErrorReason);
        w.Attribute(CallWatchAttributes.Uncounted, watch.Uncounted);
        w.Attribute(CallWatchAttributes.Events, [.. watch.Events.Select(CallWatchEventText.Of)]);
    }
}
