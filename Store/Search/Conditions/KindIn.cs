using KubeLens.Contracts.Query;
using KubeLens.Store.Rollups;
using KubeLens.Store.Sealing.Columns;
using Npgsql;

namespace KubeLens.Store.Search.Conditions;

/// <summary>The user is of one of some kinds. Rollups can be asked for that, where they do not have the user; calls are asked for the user's name.</summary>
internal sealed record KindIn(IReadOnlyList<UserKind> Kinds) : RowCondition
{
    /// <summary>What a term on users says of kinds; null where it says more than that.</summary>
    public static KindIn? Of(FieldNode node)
    {
        if (node is { Field: "user", Operator: QueryOperator.Present })
        {
            return new KindIn([UserKind.Human, UserKind.Sa, UserKind.Node, UserKind.System]);
        }

        if (node is not { Field: "user", Operator: QueryOperator.Any })
        {
            return null;
        }

        var kinds = node.Values.Select(value => value switch
        {
            { Quoted: false, Text: "system:*" } => new[] { UserKind.Sa, UserKind.Node, UserKind.System },
            { Quoted: false, Text: "system:serviceaccount:*" } => [UserKind.Sa],
            { Quoted: false, Text: "system:node:*" } => [UserKind.Node],
            _ => [],
        }).ToList();
        return kinds.All(some => some.Length > 0) ? new KindIn([.. kinds.SelectMany(some => some).Distinct()]) : null;
    }

    public override IEnumerable<string> Columns => [Rollup.KindColumn];

    public override Sql ToSql() => new($"{Rollup.KindColumn} = any(?)", [() => new NpgsqlParameter<short[]> { TypedValue = [.. Kinds.Select(kind => (short)kind)] }]);

    public override Sql? Chunks() => null;

    public override bool[] Over(SealedChunk chunk) => throw new NotSupportedException("Chunks have users and no kinds of them: compile the query for calls.");
}
