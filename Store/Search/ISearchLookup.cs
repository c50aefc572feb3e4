using Npgsql;

namespace KubeLens.Store.Search;

/// <summary>A question that is answered before rows and chunks are asked, in the snapshot of the search.</summary>
internal interface ISearchLookup
{
    NpgsqlBatchCommand ToCommand();

    /// <summary>Keeps the answer, which is one row.</summary>
    void Read(NpgsqlDataReader row);
}
