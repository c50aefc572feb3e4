using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.AccessReview.Rbac;
using KubeLens.Store.Database;

namespace KubeLens.Store.AccessReview;

/// <summary>
/// Turns uses into the rights that they needed: that of the call itself, and others that the apiserver asks for besides. Whoever acts as somebody needs the
/// right to do so, and what is done is the other's; an update or patch that makes an object needs <c>create</c> as well.
/// </summary>
/// <param name="request">Whose, and which of them are to be allowed.</param>
/// <param name="texts">Of all ids.</param>
internal sealed class AccessRights(AccessReviewRequest request, IReadOnlyDictionary<int, Dim> texts)
{
    // GET opens these by WebSocket, for which newer apiservers ask for create as well.
    private static readonly string[] Streams = ["exec", "attach", "portforward"];

    private const string Create = "create", Impersonate = "impersonate";

    private readonly Dictionary<(string ApiGroup, string Resource, string Subresource, string Namespace, string Verb), Right> _rights = [];
    private readonly HashSet<DateOnly> _days = [];
    private readonly SortedSet<string> _clusters = new(StringComparer.Ordinal);

    public int DaysSeen => _days.Count;

    public IReadOnlyList<string> Clusters => [.. _clusters];

    public bool HasImpersonated { get; private set; }

    public bool HasMade { get; private set; }

    public bool HasStreamed { get; private set; }

    /// <param name="key">What was used.</param>
    /// <param name="count">How often.</param>
    /// <param name="isUser">By the user itself.</param>
    /// <param name="isAs">By somebody who acted as the user.</param>
    public void Add(AccessKey key, AccessCount count, bool isUser, bool isAs)
    {
        var (cluster, other) = (Text(key.ClusterId), Text(key.AsId));
        if (request.Cluster.Length > 0 && request.Cluster != cluster)
        {
            return;
        }

        _clusters.Add(cluster);
        _days.Add(key.Day);
        if (isUser && other.Length > 0 && other != request.Subject)
        {
            HasImpersonated = true;
            var (resource, space, name) = RbacSubject.AccountOf(other) is var (ns, account) ? ("serviceaccounts", ns, account) : ("users", "", other);
            Of("", resource, "", space, Impersonate).Add(key, count, [name], hasMore: false);
            if (!isAs)
            {
                return;
            }
        }

        var dim = texts.GetValueOrDefault(key.ResourceId);
        string group = dim?.Parts.ElementAtOrDefault(0) ?? "", what = dim?.Value ?? "", sub = dim?.Parts.ElementAtOrDefault(2) ?? "", verb = Text(key.VerbId), inside = Text(key.NamespaceId);
        var names = count.Names.Select(kept => what.Length == 0 ? kept : AccessName.NameOf(kept)).ToList();
        Of(group, what, sub, inside, verb, isRecorded: true).Add(key, count, names, count.HasMore);
        if (what.Length > 0 && key.Result == AccessResult.Created && verb is "update" or "patch")
        {
            HasMade = true;
            Of(group, what, sub, inside, Create).Add(key, count, [""], hasMore: false);
        }

        if (what == "pods" && group.Length == 0 && verb == "get" && Streams.Contains(sub))
        {
            HasStreamed = true;
            Of(group, what, sub, inside, Create).Add(key, count, [""], hasMore: false);
        }
    }

    public IReadOnlyList<AccessUse> Uses() =>
    [
        .. _rights.OrderBy(right => right.Key.Resource.Length == 0).ThenBy(right => right.Key.Namespace, StringComparer.Ordinal).ThenBy(right => right.Key.ApiGroup, StringComparer.Ordinal)
            .ThenBy(right => right.Key.Resource, StringComparer.Ordinal).ThenBy(right => right.Key.Subresource, StringComparer.Ordinal).ThenBy(right => right.Key.Verb, StringComparer.Ordinal)
            .Select(right => right.Value.Use(right.Key, request.WithDenied) with { Query = right.Value.IsRecorded ? QueryOf(right.Key) : "" }),
    ];

    private string Text(int id) => texts.GetValueOrDefault(id)?.Value ?? "";

    private Right Of(string group, string resource, string sub, string space, string verb, bool isRecorded = false)
    {
        var key = (group, resource, sub, space, verb);
        var right = _rights.TryGetValue(key, out var known) ? known : _rights[key] = new Right();
        right.IsRecorded |= isRecorded;
        return right;
    }

    private string QueryOf((string ApiGroup, string Resource, string Subresource, string Namespace, string Verb) right) => QueryPrinter.Print(QueryNodes.All(
    [
        QueryNodes.Any([QueryNodes.All([Is("user", request.Subject), new NotNode(QueryNodes.Field("as", QueryOperator.Present))]), Is("as", request.Subject)]),
        Is("verb", right.Verb),
        .. right.Resource.Length == 0
            ? (QueryNode[])[Is("resource", "")]
            : [Is("resource", right.Resource), Is("group", right.ApiGroup), Is("sub", right.Subresource), Is("ns", right.Namespace)],
        .. request.Cluster.Length == 0 ? (QueryNode[])[] : [Is("cluster", request.Cluster)],
    ]));

    private static QueryNode Is(string field, string value) => value.Length == 0
        ? new NotNode(QueryNodes.Field(field, QueryOperator.Present))
        : QueryNodes.Field(field, QueryOperator.Any, QueryValue.Exact(value));

    private sealed class Right
    {
        private const int MaxNames = 256;

        private readonly AccessCount _allowed = new(), _denied = new(), _undecided = new();
        private readonly HashSet<DateOnly> _days = [];

        /// <summary>There are calls that ask for just it.</summary>
        public bool IsRecorded { get; set; }

        public void Add(AccessKey key, AccessCount count, IReadOnlyList<string> names, bool hasMore)
        {
            _days.Add(key.Day);
            var sum = key.Result switch { AccessResult.Denied => _denied, AccessResult.Undecided => _undecided, _ => _allowed };
            sum.Add(count.Calls, count.LastAt, names, hasMore, MaxNames);
        }

        public AccessUse Use((string ApiGroup, string Resource, string Subresource, string Namespace, string Verb) right, bool withDenied)
        {
            AccessCount[] told = withDenied || _allowed.Calls == 0 ? [_allowed, _denied, _undecided] : [_allowed];
            return new AccessUse
            {
                ApiGroup = right.ApiGroup,
                Resource = right.Resource,
                Subresource = right.Subresource,
                Namespace = right.Namespace,
                Verb = right.Verb,
                Names = [.. told.SelectMany(count => count.Names).Distinct().Order(StringComparer.Ordinal)],
                HasMoreNames = told.Any(count => count.HasMore),
                Calls = _allowed.Calls,
                Denied = _denied.Calls,
                Undecided = _undecided.Calls,
                Days = _days.Count,
                LastAt = new[] { _allowed.LastAt, _denied.LastAt, _undecided.LastAt }.Max(),
                IsGranted = withDenied || _allowed.Calls > 0,
            };
        }
    }
}
