using System.Collections.Immutable;

namespace KubeLens.Contracts.Query;

/// <summary>What a term of an ordered field asks for, in the field's smallest unit (a status, microseconds, bytes); both ends included.</summary>
public readonly record struct QueryInterval(long From, long To)
{
    /// <summary>The intervals of a parsed term: one, or one a value of a list. Statuses begin at 1, so that only <c>none</c> asks for 0.</summary>
    /// <exception cref="ArgumentException">The field is not ordered, or a value is none of its.</exception>
    public static ImmutableArray<QueryInterval> Of(FieldNode node)
    {
        var kind = QueryFields.Find(node.Field) is { Ordered: true } field ? field.Kind : throw new ArgumentException($"{node.Field} has no order.", nameof(node));
        var least = kind == QueryKind.Status ? 1 : 0;
        var all = new QueryInterval(least, long.MaxValue);
        QueryInterval Value(int i) => TryParse(kind, node.Values[i], out var v) ? v : throw new ArgumentException($"{node.Values[i].Text} is no value of {node.Field}.", nameof(node));
        return node.Operator switch
        {
            QueryOperator.Any => [.. Enumerable.Range(0, node.Values.Length).Select(Value)],
            QueryOperator.Greater => [all with { From = Value(0).To + 1 }],
            QueryOperator.GreaterOrEqual => [all with { From = Value(0).From }],
            QueryOperator.Less => [all with { To = Value(0).From - 1 }],
            QueryOperator.LessOrEqual => [all with { To = Value(0).To }],
            QueryOperator.Range => [new QueryInterval(IsOpen(node.Values[0]) ? all.From : Value(0).From, IsOpen(node.Values[1]) ? all.To : Value(1).To)],
            QueryOperator.Present => [all],
            _ => throw new ArgumentException($"{node.Operator} does not work with {node.Field}.", nameof(node)),
        };
    }

    internal static bool TryParse(QueryKind kind, QueryValue value, out QueryInterval interval)
    {
        long amount;
        interval = default;
        switch (kind)
        {
            case QueryKind.Status when StatusRange.TryParse(value.Text, out var range):
                interval = new QueryInterval(range.From, range.To);
                return true;
            case QueryKind.Duration when QueryDuration.TryParse(value.Text, out amount):
            case QueryKind.Size when QuerySize.TryParse(value.Text, out amount):
                interval = new QueryInterval(amount, amount);
                return true;
            default:
                return false;
        }
    }

    internal bool Overlaps(QueryInterval other) => From <= other.To && other.From <= To;

    internal static bool IsOpen(QueryValue value) => value is { Quoted: false, Text: "*" };
}
