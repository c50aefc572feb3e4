using KubeLens.Store.Search.Content;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Search.Conditions;

/// <summary>
/// Something is so of what was sent and answered, which no column knows. It can be asked neither of the database nor of chunks: what may meet
/// a query with it is found by what it is at most (<see cref="CompiledQuery.AtMost"/>), and judged call by call.
/// </summary>
internal sealed record ContentIs(ContentTerm Term) : RowCondition
{
    /// <summary>Stands for what no table has.</summary>
    public const string Column = "content";

    public override IEnumerable<string> Columns => [Column];

    public override Sql ToSql() => throw Unasked();

    public override Sql? Chunks() => throw Unasked();

    public override bool[] Over(SealedChunk chunk) => throw Unasked();

    public override RowCondition Replace(Func<ContentIs, bool, RowCondition> with, bool isNegated = false) => with(this, isNegated);

    private static NotSupportedException Unasked() => new("Only what was stored of a call says what it holds: ask what the query is at most.");
}

/// <summary>It is known of each of some calls.</summary>
internal sealed record Known(bool[] Answers) : RowCondition
{
    public override IEnumerable<string> Columns => [];

    public override Sql ToSql() => throw new NotSupportedException("It is known of these calls only.");

    public override Sql? Chunks() => null;

    public override bool[] Over(SealedChunk chunk) => [.. Answers];
}
