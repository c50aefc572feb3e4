using Npgsql;

namespace KubeLens.Store.Search;

/// <summary>A condition on dictionary entries. It is asked first; the rows are then compared with the ids that it found.</summary>
internal sealed class DimLookup(DimTerm term) : ISearchLookup
{
    public DimTerm Term => term;

    public int[] Ids { get; private set; } = [];

    public NpgsqlBatchCommand ToCommand() => (new Sql("select array_agg(id) from dim where kind = ", []) + Sql.Of("?", (short)term.Kind) + " and " + term.Condition).ToCommand();

    public void Read(NpgsqlDataReader row) => Ids = row.IsDBNull(0) ? [] : row.GetFieldValue<int[]>(0);

    /// <summary>The condition on a row, once <see cref="Ids"/> are there.</summary>
    public Sql OnRow()
    {
        var column = DimColumns.Of(term.Kind);
        var sql = new Sql(DimColumns.MayBeNull(term.Kind) ? $"({column} is not null and {column} = any(?))" : $"{column} = any(?)", [() => new NpgsqlParameter<int[]> { TypedValue = Ids }]);
        return term.Negated ? sql.Not() : sql;
    }
}
