using System.Collections.Immutable;

namespace KubeLens.Contracts.Query;

/// <summary>Builds groups in their one form: flat, and never of one.</summary>
public static class QueryNodes
{
    /// <summary>All of <paramref name="items"/>; everything when there are none.</summary>
    public static QueryNode All(IEnumerable<QueryNode> items)
    {
        var flat = items.SelectMany(i => i is AndNode and ? and.Items.AsEnumerable() : [i]).ToImmutableArray();
        return flat.Length switch { 0 => AllNode.Instance, 1 => flat[0], _ => new AndNode(flat) };
    }

    /// <summary>Any of <paramref name="items"/>, of which there is at least one.</summary>
    public static QueryNode Any(IEnumerable<QueryNode> items)
    {
        var flat = items.SelectMany(i => i is OrNode or ? or.Items.AsEnumerable() : [i]).ToImmutableArray();
        return flat.Length switch
        {
            0 => throw new ArgumentException("Any of nothing is nothing, which no query says.", nameof(items)),
            1 => flat[0],
            _ => new OrNode(flat),
        };
    }

    /// <summary>One field compared with values.</summary>
    public static FieldNode Field(string field, QueryOperator op, params ReadOnlySpan<QueryValue> values) => new(field, "", op, [.. values]);
}
