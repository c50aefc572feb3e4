using KubeLens.Contracts.Query;

namespace KubeLens.Store.Objects;

/// <summary>Which object, in whatever cluster. Absent text is empty.</summary>
internal sealed record ObjectKey(string Group, string Resource, string Namespace, string Name)
{
    /// <summary>What stands in an address for the group without a name, and for no namespace.</summary>
    public const string CoreGroup = "core", NoNamespace = "_";

    /// <summary>Of calls on one object; a list, a watch or a deletecollection is on many.</summary>
    public static readonly IReadOnlyList<string> Verbs = ["create", "update", "patch", "delete", "get"];

    /// <summary>For people: <c>deployments.apps shop/web</c>.</summary>
    public string Title => $"{Resource}{(Group.Length > 0 ? $".{Group}" : "")} {(Namespace.Length > 0 ? $"{Namespace}/" : "")}{Name}";

    // A namespace is called by its own name, and asked for in itself: namespaces/prod has the namespace prod.
    private bool IsNamespace => Group.Length == 0 && Resource == "namespaces";

    /// <summary>As an address names it: <c>apps</c>, <c>deployments</c>, <c>shop</c>, <c>web</c>.</summary>
    public static ObjectKey Of(string group, string resource, string @namespace, string name)
    {
        var key = new ObjectKey(group == CoreGroup ? "" : group, resource, @namespace == NoNamespace ? "" : @namespace, name);
        return key.IsNamespace ? key with { Namespace = "" } : key;
    }

    /// <summary>The calls on just this object and on those of its subresources that say something of it (<see cref="ObjectSubresources"/>).</summary>
    /// <param name="cluster">Only of this one; of all when empty.</param>
    /// <param name="uid">Only those that told this uid; all when null.</param>
    public QueryNode Calls(string cluster, Guid? uid)
    {
        var terms = new List<QueryNode>
        {
            Is("name", Name), Is("resource", Resource), IsOrAbsent("group", Group),
            IsNamespace ? QueryNodes.Any([Absent("ns"), Is("ns", Name)]) : IsOrAbsent("ns", Namespace),
            QueryNodes.Field("verb", QueryOperator.Any, [.. Verbs.Select(Literal)]),
            QueryNodes.Any([Absent("sub"), QueryNodes.Field("sub", QueryOperator.Any, [.. ObjectSubresources.All.Select(Literal)])]),
        };
        if (cluster.Length > 0)
        {
            terms.Add(Is("cluster", cluster));
        }

        if (uid is { } id)
        {
            terms.Add(Is("uid", id.ToString("D")));
        }

        return QueryNodes.All(terms);
    }

    private static QueryNode IsOrAbsent(string field, string value) => value.Length == 0 ? Absent(field) : Is(field, value);

    private static FieldNode Is(string field, string value) => QueryNodes.Field(field, QueryOperator.Literal, Literal(value));

    private static NotNode Absent(string field) => new(QueryNodes.Field(field, QueryOperator.Present));

    private static QueryValue Literal(string text) => new(text, Quoted: true);
}
