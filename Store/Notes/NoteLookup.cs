using KubeLens.Store.Search;
using Npgsql;

namespace KubeLens.Store.Notes;

/// <summary>Which calls have notes: people write few of them, so all are read.</summary>
internal sealed class NoteLookup : ISearchLookup
{
    private HashSet<(DateTime At, long BatchId, short Ord)> _calls = [];

    public DateTime[] Times { get; private set; } = [];

    public long[] Batches { get; private set; } = [];

    public short[] Ordinals { get; private set; } = [];

    public bool Has(DateTime at, long batchId, short ord) => _calls.Contains((at, batchId, ord));

    public NpgsqlBatchCommand ToCommand() => new($"select array_agg(call_at), array_agg(call_batch), array_agg(call_ord) from (select distinct {NoteTable.Call} from note) n");

    public void Read(NpgsqlDataReader row)
    {
        (Times, Batches, Ordinals) = row.IsDBNull(0) ? ([], [], []) : (row.GetFieldValue<DateTime[]>(0), row.GetFieldValue<long[]>(1), row.GetFieldValue<short[]>(2));
        _calls = [.. Times.Zip(Batches, Ordinals)];
    }
}
