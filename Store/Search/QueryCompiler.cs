using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Store.Audit;
using KubeLens.Store.Database;
using KubeLens.Store.Notes;
using KubeLens.Store.Search.Conditions;
using KubeLens.Store.Search.Content;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Search;

/// <summary>
/// A query tree becomes a condition on calls. Terms on one dictionary are joined before they are looked up:
/// <c>resource:pods sub:log</c> is one list of ids. No condition is ever null, so NOT is exact.
/// </summary>
internal sealed class QueryCompiler
{
    // As ClientAgent reads it: up to the first slash or space.
    private const string ClientName = "left(split_part(split_part(value, '/', 1), ' ', 1), 256)";

    // system:serviceaccount:prod:ci is prod/ci.
    private const string ServiceAccount = "case when value like 'system:serviceaccount:%' then replace(substr(value, 23), ':', '/') else '' end";

    private readonly List<ISearchLookup> _lookups = [];

    private readonly bool _byKind;

    private QueryCompiler(bool byKind) => _byKind = byKind;

    /// <param name="query">What to find.</param>
    /// <param name="byKind">Terms that say no more of users than their kind are asked of that, as rollups have it and calls do not.</param>
    public static CompiledQuery Compile(QueryNode query, bool byKind = false)
    {
        var compiler = new QueryCompiler(byKind);
        return new CompiledQuery(compiler.OnRow(compiler.Visit(QueryExpander.Expand(query))), compiler._lookups);
    }

    /// <summary>A <see cref="RowCondition"/>, or a <see cref="DimTerm"/> that may still be joined with others.</summary>
    private object Visit(QueryNode node) => node switch
    {
        AllNode => RowCondition.True,
        AndNode and => Join("and", and.Items),
        OrNode or => Join("or", or.Items),
        NotNode not => Visit(not.Item) switch
        {
            DimTerm term => term with { Negated = !term.Negated },
            var row => new Negated(OnRow(row)),
        },
        FieldNode field when _byKind && KindIn.Of(field) is { } kind => kind,
        TextNode text => FreeText(text.Value),
        FieldNode { Field: "client" } field => Any([OnRow(Dim(DimKind.UserAgent, ClientName, field)), OnRow(Dim(DimKind.Options, OptionParts.Sql(OptionParts.Command), field))]),
        FieldNode field => Field(field),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Not a node of a query."),
    };

    private object Join(string with, IEnumerable<QueryNode> items)
    {
        var visited = items.Select(Visit).ToList();
        var joined = visited.OfType<DimTerm>()
            .GroupBy(term => term.Kind)
            .Select(g => DimTerm.Join(with, [.. g]))
            .Concat(visited.Where(v => v is RowCondition))
            .ToList();
        return joined.Count == 1 ? joined[0] : new Joined(with == "and", [.. joined.Select(OnRow)]);
    }

    private RowCondition OnRow(object visited)
    {
        if (visited is RowCondition row)
        {
            return row;
        }

        var lookup = new DimLookup((DimTerm)visited);
        _lookups.Add(lookup);
        return new DimIn(lookup);
    }

    private RowCondition FreeText(QueryValue value)
    {
        var test = TextMatch.Substring(value);
        DimTerm Dim(DimKind kind) => new(kind, test.ToSql("value"));
        return Any(
        [
            OnRow(Dim(DimKind.User)), OnRow(Dim(DimKind.Namespace)), OnRow(Dim(DimKind.UserAgent)), OnRow(Dim(DimKind.Reason)),
            new TextIs("name", test), new TextIs("path", test), new TextIs("query", test),
        ]);
    }

    private object Field(FieldNode node) => node.Field switch
    {
        "user" => Dim(DimKind.User, "value", node),
        "groups" => new DimTerm(DimKind.User, AnyPart(node)),
        "as" => Dim(DimKind.ImpersonatedUser, "value", node),
        "ip" => Dim(DimKind.Address, "value", node),
        "ua" => Dim(DimKind.UserAgent, "value", node),
        "verb" => Dim(DimKind.Verb, "value", node),
        "resource" => Dim(DimKind.Resource, "value", node),
        "group" => Dim(DimKind.Resource, "parts[1]", node),
        "version" => Dim(DimKind.Resource, "parts[2]", node),
        "sub" => Dim(DimKind.Resource, "parts[3]", node),
        "ns" => Dim(DimKind.Namespace, "value", node),
        "method" => Dim(DimKind.Method, "value", node),
        "reason" => Dim(DimKind.Reason, "value", node),
        "cluster" => Dim(DimKind.Cluster, "value", node),
        "gateway" => Dim(DimKind.Gateway, "value", node),
        "caller" => Dim(DimKind.Caller, "value", node),
        "tls" => Dim(DimKind.ClientTls, "value", node),
        "cipher" => Dim(DimKind.ClientTls, "parts[1]", node),
        "alpn" => Dim(DimKind.ClientTls, "parts[2]", node),
        "sni" => Dim(DimKind.ClientTls, "parts[3]", node),
        "peer" => Dim(DimKind.Peer, "value", node),
        "pod" => Dim(DimKind.Workload, "value", node),
        "node" => Dim(DimKind.Workload, "parts[1]", node),
        "sa" => Dim(DimKind.User, ServiceAccount, node),
        "fieldmanager" => Dim(DimKind.Options, "value", node),
        "dryrun" => new DimTerm(DimKind.Options, Sql.Of($"{OptionParts.Sql(OptionParts.DryRun)} = ?", OptionParts.True)),
        "selector" => new DimTerm(DimKind.Options, Sql.Join("or", [TextMatch.Field(OptionParts.Sql(OptionParts.LabelSelector), node, caseSensitive: true), TextMatch.Field(OptionParts.Sql(OptionParts.FieldSelector), node, caseSensitive: true)])),
        "decision" => Dim(DimKind.Decision, AuditDecision.DecisionPart, node),
        "has" => Any([.. node.Values.Select(value => Has(value.Text))]),
        "body" => new ContentIs(BodyTerm.Of(node)),
        "changed" => new ContentIs(new PathChanged(node, Changing())),
        "warning" => new DimTerm(DimKind.Warnings, AnyPart(node)),
        "rv" => Text(node, caseSensitive: false),
        "uid" => Id("uid", node),
        "session" => Id("session", node),
        "name" or "path" => Text(node, caseSensitive: true),
        "status" => Interval("status", node, short.MaxValue),
        "latency" => Interval("latency_us", node, long.MaxValue),
        "upstream" => Interval("upstream_us", node, long.MaxValue),
        "reqsize" => Interval("request_bytes", node, long.MaxValue),
        "respsize" => Interval("response_bytes", node, long.MaxValue),
        "audit" => Id("audit_id", node),
        "trace" => Id("trace_id", node),
        "span" => Id(IdIs.Span, node),
        "call" => node.Operator == QueryOperator.Present ? RowCondition.True : Any([.. node.Values.Select(v => Call(v.Text))]),
        "is" => Any([.. node.Values.Select<QueryValue, RowCondition>(v => v.Text == "inflight" ? new Running() : new Flagged(Flag(v.Text)))]),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node.Field, "The parser lets only searchable fields pass."),
    };

    private static DimTerm Dim(DimKind kind, string expression, FieldNode node) => new(kind, TextMatch.Field(expression, node, QueryFields.Find(node.Field)!.CaseSensitive));

    private static Sql AnyPart(FieldNode node) => new Sql("exists (select from unnest(parts) as p where ", []) + TextMatch.Field("p", node, caseSensitive: true) + ")";

    private static RowCondition Text(FieldNode node, bool caseSensitive) => Any([.. TextMatch.Tests(node, caseSensitive).Select(test => new TextIs(node.Field, test))]);

    private static RowCondition Interval(string column, FieldNode node, long max) =>
        Any([.. QueryInterval.Of(node).Select(i => new Between(column, Math.Min(i.From, max), Math.Min(i.To, max)))]);

    private static RowCondition Id(string column, FieldNode node) => node.Operator == QueryOperator.Present
        ? new IdIs(column, null)
        : Any([.. node.Values.Select(v => new IdIs(column, column == IdIs.Span ? ChunkColumns.Wide(Convert.ToInt64(v.Text, 16)) : Guid.Parse(v.Text)))]);

    private static RowCondition Any(IReadOnlyList<RowCondition> items) => items.Count == 1 ? items[0] : new Joined(IsAnd: false, items);

    private static CallFlags Flag(string name) => name switch
    {
        "truncated" => CallFlags.Truncated,
        "plaintext" => CallFlags.Plaintext,
        "unverified" => CallFlags.Unverified,
        "gone" => CallFlags.Gone,
        "bypass" => CallFlags.Bypass,
        "conflict" => CallFlags.Conflict,
        "deprecated" => CallFlags.Deprecated,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The parser lets only searchable flags pass."),
    };

    private RowCondition Has(string name) => name switch
    {
        "audit" => new Flagged(CallFlags.Audited),
        "body" => new ContentIs(new BodyThere()),
        "diff" => new ContentIs(new ChangesKnown(Changing())),
        "note" => Noted(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The expander says the others in other fields."),
    };

    private HasNote Noted()
    {
        var lookup = new NoteLookup();
        _lookups.Add(lookup);
        return new HasNote(lookup);
    }

    // What may have changed something that is known: updates and patches of one object that succeeded.
    private RowCondition Changing() => new Joined(IsAnd: true,
    [
        OnRow(new DimTerm(DimKind.Verb, Sql.Of("value in (?, ?)", "update", "patch"))),
        new Between("status", StatusCodes.Status200OK, StatusCodes.Status300MultipleChoices - 1),
        new TextIs("name", new TextTest(TextTestKind.NotEmpty, "")),
    ]);

    private static RowCondition Call(string text) => CallId.TryParse(text, out var id) ? new PlaceIs(id) : RowCondition.False;
}
