using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Search.Conditions;

/// <summary>
/// A condition on calls, which is asked in two ways that have to agree: of rows by the database, and of the columns of a sealed chunk here.
/// It is never null, so its opposite is exact.
/// </summary>
internal abstract record RowCondition
{
    public static readonly RowCondition True = new Always(true);
    public static readonly RowCondition False = new Always(false);

    /// <summary>The columns that <see cref="Over"/> reads.</summary>
    public abstract IEnumerable<string> Columns { get; }

    /// <summary>On a row of <c>call</c>, once the lookups have their answers.</summary>
    public abstract Sql ToSql();

    /// <summary>On a row of <c>call_chunk</c>: false only where no call of the chunk can meet the condition; null where nothing can be said.</summary>
    public abstract Sql? Chunks();

    /// <summary>What a call has to be that meets the condition, where signatures of chunks have it.</summary>
    public virtual PairSide? Side => null;

    /// <summary>Of each call of the chunk.</summary>
    public abstract bool[] Over(SealedChunk chunk);

    /// <summary>The same condition with others in the place of those on bodies.</summary>
    /// <param name="with">Gives one, and is told whether it is negated where it stands.</param>
    /// <param name="isNegated">Whether this condition is.</param>
    public virtual RowCondition Replace(Func<ContentIs, bool, RowCondition> with, bool isNegated = false) => this;

    private sealed record Always(bool Value) : RowCondition
    {
        public override IEnumerable<string> Columns => [];

        public override Sql ToSql() => Value ? Sql.True : Sql.False;

        public override Sql? Chunks() => Value ? null : Sql.False;

        public override bool[] Over(SealedChunk chunk)
        {
            var rows = new bool[chunk.Calls];
            Array.Fill(rows, Value);
            return rows;
        }
    }
}
