using System.Security.Claims;
using KubeLens.Contracts.Query;

namespace KubeLens.Store.Access.Clusters;

/// <summary>What a bearer may see that is limited to one cluster, by its whole name.</summary>
internal static class ClusterLimit
{
    /// <summary>The claim with the only cluster that its bearer may see.</summary>
    public const string Claim = "only-cluster";

    private const string Query = "q";

    /// <summary>Null for all clusters.</summary>
    public static string? OnlyCluster(this ClaimsPrincipal user) => user.FindFirst(Claim)?.Value;

    public static bool SeesCluster(this ClaimsPrincipal user, string cluster) => user.OnlyCluster() is not { } only || only == cluster;

    /// <summary>The same parameters with a query that finds no call of another cluster. One that is wrong stays as it is: it finds nothing.</summary>
    public static QueryString Narrowed(IQueryCollection parameters, string cluster)
    {
        var narrowed = parameters.Where(pair => !pair.Key.Equals(Query, StringComparison.OrdinalIgnoreCase)).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value)).ToList();
        var queries = parameters[Query];
        if (queries.Count > 1)
        {
            // Refused where it is read, as any parameter that is given twice.
            return QueryString.Create([.. narrowed, .. queries.Select(query => KeyValuePair.Create<string, string?>(Query, query))]);
        }

        var query = QueryParser.Parse(queries.ToString());
        return QueryString.Create([.. narrowed, KeyValuePair.Create<string, string?>(Query, query.HasErrors ? queries.ToString() : QueryPrinter.Print(Within(query.Root, cluster)))]);
    }

    private static QueryNode Within(QueryNode query, string cluster)
    {
        var only = new FieldNode("cluster", "", QueryOperator.Literal, [new QueryValue(cluster, Quoted: true)]);
        return query is AllNode ? only : new AndNode([query, only]);
    }
}
