using KubeLens.Store.Sealing.Columns;
using Npgsql;

namespace KubeLens.Store.Search.Conditions;

/// <summary>A dictionary id is one of those that a lookup finds.</summary>
internal sealed record DimIn(DimLookup Lookup) : RowCondition
{
    private string Column => DimColumns.Of(Lookup.Term.Kind);

    public override IEnumerable<string> Columns => [Column];

    public override Sql ToSql() => Lookup.OnRow();

    public override Sql? Chunks() => Lookup.Term.Negated ? null : new Sql("dims && ?", [() => new NpgsqlParameter<int[]> { TypedValue = Lookup.Ids }]);

    public override bool[] Over(SealedChunk chunk)
    {
        var ids = Lookup.Ids.Select(id => (long)id).ToHashSet();
        var numbers = DimColumns.MayBeNull(Lookup.Term.Kind) ? chunk.OptionalNumbers(Column) : chunk.Numbers(Column);
        return Array.ConvertAll(numbers, id => ids.Contains(id) != Lookup.Term.Negated);
    }
}
