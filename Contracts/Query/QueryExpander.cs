using System.Collections.Immutable;
using KubeLens.Contracts.Calls;
using static KubeLens.Contracts.Query.QueryOperator;

namespace KubeLens.Contracts.Query;

/// <summary>
/// Says the terms that stand for others in terms of what a record holds, so that who runs a query compares plain fields only.
/// <list type="bullet">
/// <item><c>resource:</c> becomes <c>resource</c>, <c>group</c> and <c>sub</c>; without a slash it excludes subresources,
/// unless a <c>sub:</c> term stands beside it (<c>resource:pods sub:exec</c> is <c>resource:pods/exec</c>).</item>
/// <item><c>group:core</c> becomes a resource without a group.</item>
/// <item><c>class:</c> and <c>is:</c> mutating, denied, slow, watch, exec and secret become verbs, subresources, resources, statuses and latencies, <c>has:trace</c> a trace.</item>
/// <item><c>kind:</c> and <c>is:system</c> become users, <c>is:deprecated</c> a warning or what the apiserver noted, <c>dryrun:false</c> the opposite of true.</item>
/// </list>
/// What is left: every other searchable field, and <c>is:</c> inflight, truncated, plaintext, unverified, gone, bypass, conflict and deprecated. Afterwards <c>resource</c> holds bare resource names.
/// </summary>
public static class QueryExpander
{
    // What the apiserver's own objectives allow a call on one object (Kubernetes scalability SLOs).
    private static readonly QueryValue Slow = new("1s", false);

    /// <summary>The same question in plain fields.</summary>
    public static QueryNode Expand(QueryNode node) => Expand(node, subAsked: false);

    /// <summary>Whether some term asks for subresources: beside it, <c>resource:pods</c> leaves none out.</summary>
    public static bool AsksSubresource(QueryNode node) => node switch
    {
        AndNode and => and.Items.Any(AsksSubresource),
        OrNode or => or.Items.Any(AsksSubresource),
        NotNode not => AsksSubresource(not.Item),
        FieldNode f => f.Field == "sub",
        _ => false,
    };

    private static QueryNode Expand(QueryNode node, bool subAsked) => node switch
    {
        AndNode and => QueryNodes.All(and.Items.Select((item, i) => Expand(item, subAsked || and.Items.Where((_, j) => j != i).Any(AsksSubresource)))),
        OrNode or => QueryNodes.Any(or.Items.Select(i => Expand(i, subAsked))),
        NotNode not => new NotNode(Expand(not.Item, subAsked)),
        FieldNode { Field: "resource", Operator: Any or Literal } f => QueryNodes.Any(Resources(f, subAsked)),
        FieldNode { Field: "group", Operator: Any or Literal } f => QueryNodes.Any(Groups(f)),
        FieldNode { Field: "class" } f => QueryNodes.Any(f.Values.Select(v => Class(v.Text))),
        FieldNode { Field: "kind" } f => QueryNodes.Any(f.Values.Select(v => Kind(v.Text))),
        FieldNode { Field: "dryrun" } f => QueryNodes.Any(f.Values.Select(v => DryRun(v.Text))),
        FieldNode { Field: "has" } f => QueryNodes.Any(f.Values.Select(v => v.Text == "trace" ? QueryNodes.Field("trace", Present) : QueryNodes.Field("has", Any, v))),
        FieldNode { Field: "is" } f => QueryNodes.Any(f.Values.Select(v => Flag(v))),
        _ => node,
    };

    // Values that differ in the resource only stay one list.
    private static IEnumerable<QueryNode> Resources(FieldNode node, bool subAsked) => node.Values
        .Select(v => (v.Quoted, Pattern: ResourcePattern.TryParse(v.Text, out var p) ? p : new ResourcePattern(v.Text, null, "")))
        .GroupBy(v => (v.Pattern.Group, v.Pattern.Subresource, AnyResource: !v.Quoted && v.Pattern.Resource == "*", v.Quoted))
        .Select(g =>
        {
            QueryValue Part(string text) => new(text, g.Key.Quoted);
            List<QueryNode> parts = [];
            parts.Add(g.Key.AnyResource ? QueryNodes.Field("resource", Present) : new FieldNode("resource", "", node.Operator, [.. g.Select(v => Part(v.Pattern.Resource)).Distinct()]));
            if (g.Key.Group == "core")
            {
                parts.Add(new NotNode(QueryNodes.Field("group", Present)));
            }
            else if (g.Key.Group is { } group && (group != "*" || g.Key.Quoted))
            {
                parts.Add(new FieldNode("group", "", node.Operator, [Part(group)]));
            }

            if (g.Key.Subresource is { Length: > 0 } sub && (sub != "*" || g.Key.Quoted))
            {
                parts.Add(new FieldNode("sub", "", node.Operator, [Part(sub)]));
            }
            else if (g.Key.Subresource.Length == 0 && !subAsked)
            {
                parts.Add(new NotNode(QueryNodes.Field("sub", Present)));
            }

            return QueryNodes.All(parts);
        });

    private static IEnumerable<QueryNode> Groups(FieldNode node)
    {
        var named = node.Values.Where(v => v.Text != "core").ToImmutableArray();
        if (named.Length > 0)
        {
            yield return node with { Values = named };
        }

        if (named.Length < node.Values.Length)
        {
            yield return QueryNodes.All([new NotNode(QueryNodes.Field("group", Present)), QueryNodes.Field("resource", Present)]);
        }
    }

    private static QueryNode Class(string name)
    {
        var interactive = QueryNodes.Any([Words("sub", VerbClasses.InteractiveSubresources), Words("verb", VerbClasses.InteractiveVerbs)]);
        return name switch
        {
            "interactive" => interactive,
            "read" => QueryNodes.All([Words("verb", VerbClasses.ReadVerbs), new NotNode(interactive)]),
            "delete" => QueryNodes.All([Words("verb", VerbClasses.DeleteVerbs), new NotNode(interactive)]),
            _ => QueryNodes.All([Words("verb", VerbClasses.WriteVerbs), new NotNode(interactive)]),
        };
    }

    private static QueryNode Kind(string name)
    {
        var system = Words("user", ["system:*"]);
        var (account, node) = (Words("user", ["system:serviceaccount:*"]), Words("user", ["system:node:*"]));
        return name switch
        {
            "sa" => account,
            "node" => node,
            "system" => QueryNodes.All([system, new NotNode(account), new NotNode(node)]),
            _ => QueryNodes.All([QueryNodes.Field("user", Present), new NotNode(system)]),
        };
    }

    private static QueryNode DryRun(string value) => value == "true" ? Words("dryrun", ["true"]) : new NotNode(Words("dryrun", ["true"]));

    private static QueryNode Flag(QueryValue flag) => flag.Text switch
    {
        "mutating" => QueryNodes.Any([Class("write"), Class("delete")]),
        "denied" => Words("status", ["401", "403"]),
        "slow" => QueryNodes.All([QueryNodes.Field("latency", GreaterOrEqual, Slow), new NotNode(Words("verb", ["watch"])), new NotNode(Words("sub", ["log"])), new NotNode(Class("interactive"))]),
        "watch" => Words("verb", ["watch"]),
        "exec" => Words("sub", ["exec", "attach"]),
        "system" => Words("user", ["system:*"]),
        "deprecated" => QueryNodes.Any([QueryNodes.Field("warning", Contains, new QueryValue("deprecated", false)), QueryNodes.Field("is", Any, flag)]),
        "secret" => Expand(Words("resource", ["secrets.core/*"])),
        _ => QueryNodes.Field("is", Any, flag),
    };

    private static FieldNode Words(string field, IEnumerable<string> words) => new(field, "", Any, [.. words.Select(w => new QueryValue(w, false))]);
}
