using KubeLens.Contracts.Query;
using KubeLens.Store.Search;

namespace KubeLens.Store.Objects;

/// <summary>Reads the parameters of an object's history: a request, or every error in them.</summary>
internal static class ObjectRequestReader
{
    public const int MaxLimit = 200;

    /// <summary>What an absent <c>from</c> means.</summary>
    public const string DefaultFrom = "now-7d";

    private const string Cluster = "cluster", Uid = "uid";

    private static readonly string[] Parameters = [Cluster, Uid, "from", "to", "limit", "cursor"];

    /// <summary>Null when <paramref name="errors"/> holds any.</summary>
    public static ObjectRequest? Read(ObjectKey key, IQueryCollection parameters, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors)
    {
        var (cluster, uidText) = (SearchRequestReader.Text(parameters, Cluster), SearchRequestReader.Text(parameters, Uid));
        var page = SearchRequestReader.Read(parameters, new SearchParameters(Parameters) { MaxLimit = MaxLimit, DefaultFrom = DefaultFrom, About = $"{key}?{cluster}&{uidText}" }, now, out errors);
        var uid = default(Guid?);
        if (uidText.Length > 0)
        {
            if (Guid.TryParseExact(uidText, "D", out var id))
            {
                uid = id;
            }
            else
            {
                errors = [.. errors, new QueryMessage("Q179", Uid, 0, uidText.Length, $"uid: \"{uidText}\" is no uid such as 0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071.", "")];
            }
        }

        return page is null || errors.Count > 0 ? null : new ObjectRequest(key, cluster, uid, page);
    }

    /// <summary>Which cluster is meant cannot be told.</summary>
    /// <param name="clusters">At least two.</param>
    public static QueryMessage Ambiguous(IReadOnlyList<string> clusters) =>
        new("Q178", Cluster, 0, 1, $"cluster: {string.Join(", ", clusters)} all have calls on an object of that name; name one of them.", clusters[0]);
}
