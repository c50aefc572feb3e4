using KubeLens.Store.Database;
using KubeLens.Store.Sealing;
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

    public override PairSide? Side => Lookup.Term.Negated ? null : Lookup.Term.Kind switch
    {
        DimKind.User => new PairSide(PairPart.User, Ids),
        DimKind.Verb => new PairSide(PairPart.Verb, Ids),
        DimKind.Resource => new PairSide(PairPart.Resource, Ids),
        DimKind.Namespace => new PairSide(PairPart.Namespace, Ids),
        _ => null,
    };

    private long[] Ids => Array.ConvertAll(Lookup.Ids, id => (long)id);

    public override bool[] Over(SealedChunk chunk)
    {
        var numbers = DimColumns.MayBeNull(Lookup.Term.Kind) ? chunk.OptionalNumbers(Column) : chunk.Numbers(Column);
        if (Lookup.Ids is [var only])
        {
            return Array.ConvertAll(numbers, id => id == only != Lookup.Term.Negated);
        }

        var ids = Ids.ToHashSet();
        return Array.ConvertAll(numbers, id => ids.Contains(id) != Lookup.Term.Negated);
    }
}
