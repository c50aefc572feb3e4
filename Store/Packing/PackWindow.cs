using KubeLens.Store.Database;

namespace KubeLens.Store.Packing;

/// <summary>
/// Reads calls that come one after the other: those of one time are mostly in the same few packs, each of which is fetched
/// and decompressed once. Holds the packs that were used last, up to <paramref name="maxBytes"/> of them and always one. For one reader.
/// </summary>
internal sealed class PackWindow(PackReader packs, long maxBytes)
{
    // A dropped pack is remembered as well, and must count for something.
    private const int EntryBytes = 256;

    private readonly LinkedList<(DateOnly DropDay, long Segment, long BatchId, short Seq, byte[]? Raw)> _used = new();
    private long _bytes;

    /// <summary>Null when the pack has been dropped.</summary>
    public async Task<StoredCall?> ReadAsync(Call call, CancellationToken cancellationToken)
    {
        var node = _used.First;
        while (node is not null && (node.Value.DropDay, node.Value.Segment, node.Value.BatchId, node.Value.Seq) != KeyOf(call))
        {
            node = node.Next;
        }

        if (node is null)
        {
            var (dropDay, segment, batch, seq) = KeyOf(call);
            node = new((dropDay, segment, batch, seq, await packs.ReadPackAsync(call, cancellationToken)));
            _bytes += SizeOf(node.Value.Raw);
        }
        else
        {
            _used.Remove(node);
        }

        _used.AddFirst(node);
        while (_bytes > maxBytes && _used.Count > 1)
        {
            _bytes -= SizeOf(_used.Last!.Value.Raw);
            _used.RemoveLast();
        }

        return node.Value.Raw is { } raw ? PackReader.Read(raw, call) : null;
    }

    // The packs of a segment have calls of many batches.
    internal static (DateOnly DropDay, long Segment, long BatchId, short Seq) KeyOf(Call call) => (call.DropDay, call.Segment, call.Segment != 0 ? 0 : call.BatchId, call.PackSeq);

    private static long SizeOf(byte[]? raw) => (raw?.Length ?? 0) + EntryBytes;
}
