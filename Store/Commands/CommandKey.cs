using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;

namespace KubeLens.Store.Commands;

/// <summary>What the calls of one run have in common. A session is whatever a client says: users and clusters are kept apart, so that nobody adds calls to the run of another.</summary>
internal readonly record struct CommandKey(Guid Session, string Cluster, string User)
{
    /// <summary>Calls of any run.</summary>
    public static readonly QueryNode Any = QueryNodes.Field("session", QueryOperator.Present);

    /// <param name="row">With a session.</param>
    /// <param name="texts">Of its ids.</param>
    public static CommandKey Of(Call row, IReadOnlyDictionary<int, Dim> texts) => new(row.Session.GetValueOrDefault(), texts[row.ClusterId].Value, texts[row.UserId].Value);

    /// <summary>The calls of just these runs.</summary>
    /// <param name="keys">At least one.</param>
    public static QueryNode Calls(IEnumerable<CommandKey> keys) => QueryNodes.Any(keys
        .GroupBy(key => (key.Cluster, key.User))
        .Select(group => QueryNodes.All(
        [
            QueryNodes.Field("session", QueryOperator.Any, [.. group.Select(key => new QueryValue(key.Session.ToString("D"), Quoted: false))]),
            IsOrAbsent("user", group.Key.User),
            IsOrAbsent("cluster", group.Key.Cluster),
        ])));

    private static QueryNode IsOrAbsent(string field, string value) => value.Length == 0
        ? new NotNode(QueryNodes.Field(field, QueryOperator.Present))
        : QueryNodes.Field(field, QueryOperator.Any, QueryValue.Exact(value));
}
