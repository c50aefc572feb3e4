using KubeLens.Store.Database;
using KubeLens.Store.Packing;
using KubeLens.Store.Search;

namespace KubeLens.Store.Objects;

/// <summary>Reads what bodies say, of calls one after the other, and keeps what was read last. For one request.</summary>
internal sealed class ObjectFactsReader(PackReader packs, ILogger<ObjectFactsReader> logger)
{
    private const long MaxKept = 16 << 20;
    private const int EntryBytes = 256;

    private readonly PackWindow _packs = new(packs, MaxKept);
    private readonly Dictionary<RowPosition, ObjectFacts> _kept = [];
    private long _bytes;

    /// <summary>Bytes of all bodies that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Of a call whose pack is gone, or damaged, nothing is known but its row.</summary>
    public async Task<ObjectFacts> ReadAsync(ObjectCall call, CancellationToken cancellationToken)
    {
        var position = RowPosition.Of(call.Row);
        if (_kept.TryGetValue(position, out var known))
        {
            return known;
        }

        var facts = ObjectFacts.Of(call, await ReadPackAsync(call, cancellationToken) ?? CallDetailsReader.Expired);
        BytesRead += facts.Bytes;
        _bytes += facts.Bytes + EntryBytes;
        if (_bytes > MaxKept)
        {
            _kept.Clear();
            _bytes = facts.Bytes + EntryBytes;
        }

        return _kept[position] = facts;
    }

    // What one call has lost must not hide what others did.
    private async Task<StoredCall?> ReadPackAsync(ObjectCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await _packs.ReadAsync(call.Row, cancellationToken);
        }
        catch (Exception e) when (e.IsDamage())
        {
            logger.ObjectUnreadable(call.Item.Id, e.Message);
            return null;
        }
    }
}
