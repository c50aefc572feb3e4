using KubeLens.Store.Sealing;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Search.Conditions;

/// <summary>An id is a given one, or is there at all.</summary>
/// <param name="Column">Of ids of 16 bytes, or <c>span_id</c>.</param>
/// <param name="Value">Null for any; a span id is widened (<see cref="ChunkColumns.Wide"/>).</param>
internal sealed record IdIs(string Column, Guid? Value) : RowCondition
{
    public const string Span = "span_id";

    public override IEnumerable<string> Columns => [Column];

    public override Sql ToSql() => Value is not { } id ? Sql.Of<Guid>($"{Column} is not null")
        : Column == Span ? Sql.Of($"({Column} is not null and {Column} = ?)", ChunkColumns.Narrow(id))
        : Sql.Of($"({Column} is not null and {Column} = ?)", id);

    public override Sql? Chunks() => Value is { } id && ChunkBloom.Columns.Contains(Column) ? Bloom.Has(Column, id.ToString("N")) : null;

    public override bool[] Over(SealedChunk chunk)
    {
        var ids = chunk.Ids(Column);
        if (Value is not { } value)
        {
            return Array.ConvertAll(ids.Places, place => place > 0);
        }

        return ids.PlaceOf(value) is { } found ? Array.ConvertAll(ids.Places, place => place == found) : new bool[chunk.Calls];
    }
}
