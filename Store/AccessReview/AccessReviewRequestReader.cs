using KubeLens.Contracts.Query;
using KubeLens.Store.AccessReview.Rbac;
using KubeLens.Store.Search;

namespace KubeLens.Store.AccessReview;

/// <summary>Reads the parameters of <c>GET /api/v1/access-review</c>: a request, or every error in them.</summary>
internal static class AccessReviewRequestReader
{
    private const string Subject = "subject", Cluster = "cluster", Scope = "scope", Level = "level", Denied = "denied", Wildcards = "wildcards";

    private static readonly SearchParameters Parameters = new([Subject, Cluster, "from", "to", Scope, Level, Denied, Wildcards]) { DefaultFrom = "now-30d" };

    private static readonly (string, bool)[] Scopes = [("namespace", false), ("cluster", true)], YesOrNo = [("false", false), ("true", true)];
    private static readonly (string, RbacLevel)[] Levels = [("names", RbacLevel.Names), ("resource", RbacLevel.Resource), ("namespace", RbacLevel.Namespace)];

    /// <summary>Null when <paramref name="errors"/> holds any.</summary>
    public static AccessReviewRequest? Read(IQueryCollection parameters, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors)
    {
        var search = SearchRequestReader.Read(parameters, Parameters, now, out var found);
        var more = new List<QueryMessage>();
        var subject = SearchRequestReader.Text(parameters, Subject);
        if (subject.Length == 0)
        {
            more.Add(new QueryMessage("Q166", Subject, 0, 1, "subject: name the user, as its calls have it, such as system:serviceaccount:shop:ci.", ""));
        }

        var choice = new RbacChoice(One(parameters, Level, Levels, more), One(parameters, Scope, Scopes, more), One(parameters, Wildcards, YesOrNo, more));
        var denied = One(parameters, Denied, YesOrNo, more);
        if (choice is { Wildcards: true, Level: not RbacLevel.Namespace })
        {
            more.Add(new QueryMessage("Q168", Wildcards, 0, "true".Length, "wildcards: only level=namespace has them; the other levels name each resource.", "false"));
        }

        errors = [.. found, .. more];
        return search is null || errors.Count > 0 ? null : new AccessReviewRequest(subject, SearchRequestReader.Text(parameters, Cluster), Day(search.Range.From), Day(search.Range.To), choice, denied);
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    /// <summary>The first where the parameter is absent.</summary>
    private static T One<T>(IQueryCollection parameters, string name, (string Word, T Value)[] known, List<QueryMessage> errors)
    {
        var text = SearchRequestReader.Text(parameters, name);
        var place = text.Length == 0 ? 0 : Array.FindIndex(known, one => one.Word == text);
        if (place < 0)
        {
            errors.Add(new QueryMessage("Q167", name, 0, text.Length, $"{name}: \"{text}\" is none of {string.Join(", ", known.Select(one => one.Word))}.", known[0].Word));
        }

        return known[Math.Max(0, place)].Value;
    }
}
