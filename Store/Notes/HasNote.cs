using KubeLens.Store.Search;
using KubeLens.Store.Search.Conditions;
using KubeLens.Store.Sealing.Columns;
using Npgsql;

namespace KubeLens.Store.Notes;

/// <summary>Somebody wrote a note on the call. Calls that run have a batch of their own kind, which no note has.</summary>
internal sealed record HasNote(NoteLookup Lookup) : RowCondition
{
    public override IEnumerable<string> Columns => ["at", "batch_id", "ord"];

    // What was looked up, and not the table: calls may lie on servers that have no notes. None of the columns may be null, on either side: so its opposite is exact.
    public override Sql ToSql() => new("((at, batch_id, ord) in (select * from unnest(?, ?, ?)))", [() => Values(Lookup.Times), () => Values(Lookup.Batches), () => Values(Lookup.Ordinals)]);

    public override Sql? Chunks() => new("exists (select from unnest(?) as n (call_at) where n.call_at between ts_min and ts_max)", [() => Values(Lookup.Times)]);

    public override bool[] Over(SealedChunk chunk)
    {
        var (batches, ordinals) = (chunk.Numbers("batch_id"), chunk.Numbers("ord"));
        return [.. Enumerable.Range(0, chunk.Calls).Select(i => Lookup.Has(chunk.At(i), batches[i], (short)ordinals[i]))];
    }

    private static NpgsqlParameter<T[]> Values<T>(T[] values) => new() { TypedValue = values };
}
