using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;
using KubeLens.Store.InFlight;
using KubeLens.Store.Sealing;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Search.Conditions;

/// <summary>A number is within a range, ends included.</summary>
internal sealed record Between(string Column, long From, long To) : RowCondition
{
    public override IEnumerable<string> Columns => [Column];

    public override Sql ToSql() => Sql.Of($"{Column} between ? and ?", From, To);

    public override Sql? Chunks() => null;

    public override PairSide? Side => Column != "status" ? null
        : From == To ? new PairSide(PairPart.Status, [From])
        : From / 100 == To / 100 ? new PairSide(PairPart.StatusClass, [From / 100])
        : null;

    public override bool[] Over(SealedChunk chunk) => Array.ConvertAll(chunk.Numbers(Column), number => number >= From && number <= To);
}

/// <summary>A flag is set.</summary>
internal sealed record Flagged(CallFlags Flag) : RowCondition
{
    public override IEnumerable<string> Columns => ["flags"];

    public override Sql ToSql() => Sql.Of("flags & ? <> 0", (int)Flag);

    public override Sql? Chunks() => null;

    public override bool[] Over(SealedChunk chunk) => Array.ConvertAll(chunk.Numbers("flags"), flags => (flags & (long)Flag) != 0);
}

/// <summary>The call runs.</summary>
internal sealed record Running : RowCondition
{
    public override IEnumerable<string> Columns => ["batch_id"];

    public override Sql ToSql() => Sql.Of("batch_id = ?", OpenTable.RunningBatch);

    public override Sql? Chunks() => Sql.False;

    public override bool[] Over(SealedChunk chunk) => new bool[chunk.Calls];
}

/// <summary>The call is the one with an id.</summary>
internal sealed record PlaceIs(CallId Id) : RowCondition
{
    private DateTime From => Id.HourStart.UtcDateTime;

    public override IEnumerable<string> Columns => ["at", "batch_id", "ord"];

    public override Sql ToSql() => Sql.Join("and", [Sql.Of("at >= ? and at < ?", From, From.AddHours(1)), Sql.Of("batch_id = ?", Id.BatchId), Sql.Of("ord = ?", Id.Ordinal)]);

    public override Sql? Chunks() => Sql.Join("and", [Sql.Of("ts_max >= ? and ts_min < ?", From, From.AddHours(1)), Bloom.Has("batch_id", FormattableString.Invariant($"{Id.BatchId}"))]);

    public override bool[] Over(SealedChunk chunk)
    {
        var (batches, ordinals) = (chunk.Numbers("batch_id"), chunk.Numbers("ord"));
        return [.. Enumerable.Range(0, chunk.Calls).Select(i => batches[i] == Id.BatchId && ordinals[i] == Id.Ordinal && chunk.At(i) >= From && chunk.At(i) < From.AddHours(1))];
    }
}
