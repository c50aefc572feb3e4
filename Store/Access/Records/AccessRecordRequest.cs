using KubeLens.Contracts.Query;
using KubeLens.Store.Search;

namespace KubeLens.Store.Access.Records;

/// <summary>The parameters of <c>GET /api/v1/access-records</c>.</summary>
/// <param name="Page">Which page; its query is of no use.</param>
/// <param name="Who">Only theirs; of all when empty.</param>
/// <param name="CallId">Only of this call; of all when empty.</param>
internal sealed record AccessRecordRequest(SearchRequest Page, string Who, string CallId)
{
    private const string WhoName = "who", CallName = "call", DefaultFrom = "now-7d";

    private static readonly string[] Parameters = ["from", "to", "limit", "cursor", WhoName, CallName];

    /// <summary>Null when <paramref name="errors"/> holds any.</summary>
    public static AccessRecordRequest? Read(IQueryCollection parameters, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors)
    {
        var (who, call) = (SearchRequestReader.Text(parameters, WhoName), SearchRequestReader.Text(parameters, CallName));
        var page = SearchRequestReader.Read(parameters, new SearchParameters(Parameters) { DefaultFrom = DefaultFrom, About = $"access {who.Length} {who} {call}" }, now, out errors);
        return page is null ? null : new AccessRecordRequest(page, who, call);
    }
}
