using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Store.Audit;
using KubeLens.Store.Database;
using KubeLens.Store.InFlight;

namespace KubeLens.Store.Search;

/// <summary>
/// A query tree becomes a condition on <c>call</c> rows. Terms on one dictionary are joined before they are looked up:
/// <c>resource:pods sub:log</c> is one list of ids. No condition is ever null, so NOT is exact.
/// </summary>
internal sealed class QueryCompiler
{
    // As ClientAgent reads it: up to the first slash or space.
    private const string ClientName = "left(split_part(split_part(value, '/', 1), ' ', 1), 256)";

    // system:serviceaccount:prod:ci is prod/ci.
    private const string ServiceAccount = "case when value like 'system:serviceaccount:%' then replace(substr(value, 23), ':', '/') else '' end";

    private readonly List<DimLookup> _lookups = [];

    private QueryCompiler()
    {
    }

    public static CompiledQuery Compile(QueryNode query)
    {
        var compiler = new QueryCompiler();
        return new CompiledQuery(compiler.OnRow(compiler.Visit(QueryExpander.Expand(query))), compiler._lookups);
    }

    /// <summary>A <see cref="Sql"/> on rows, or a <see cref="DimTerm"/> that may still be joined with others.</summary>
    private object Visit(QueryNode node) => node switch
    {
        AllNode => Sql.True,
        AndNode and => Join("and", and.Items),
        OrNode or => Join("or", or.Items),
        NotNode not => Visit(not.Item) switch
        {
            DimTerm term => term with { Negated = !term.Negated },
            var row => OnRow(row).Not(),
        },
        TextNode text => FreeText(text.Value),
        FieldNode { Field: "client" } field => Sql.Join("or", [OnRow(Dim(DimKind.UserAgent, ClientName, field)), OnRow(Dim(DimKind.Options, OptionParts.Sql(OptionParts.Command), field))]),
        FieldNode field => Field(field),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Not a node of a query."),
    };

    private object Join(string with, IEnumerable<QueryNode> items)
    {
        var visited = items.Select(Visit).ToList();
        var joined = visited.OfType<DimTerm>()
            .GroupBy(term => term.Kind)
            .Select(g => DimTerm.Join(with, [.. g]))
            .Concat(visited.Where(v => v is Sql))
            .ToList();
        return joined.Count == 1 ? joined[0] : Sql.Join(with, [.. joined.Select(OnRow)]);
    }

    private Sql OnRow(object visited)
    {
        if (visited is Sql row)
        {
            return row;
        }

        var lookup = new DimLookup((DimTerm)visited);
        _lookups.Add(lookup);
        return lookup.OnRow();
    }

    private Sql FreeText(QueryValue value)
    {
        DimTerm Dim(DimKind kind) => new(kind, TextMatch.Substring("value", value));
        return Sql.Join("or",
        [
            OnRow(Dim(DimKind.User)), OnRow(Dim(DimKind.Namespace)), OnRow(Dim(DimKind.UserAgent)), OnRow(Dim(DimKind.Reason)),
            TextMatch.Substring("name", value), TextMatch.Substring("path", value), TextMatch.Substring("query", value),
        ]);
    }

    private static object Field(FieldNode node) => node.Field switch
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
        "has" => Sql.Of("flags & ? <> 0", (int)CallFlags.Audited), // of what a call may have, only that can be asked for
        "warning" => new DimTerm(DimKind.Warnings, AnyPart(node)),
        "rv" => TextMatch.Field("rv", node, caseSensitive: false),
        "uid" => Id("uid", node, Guid.Parse),
        "session" => Id("session", node, Guid.Parse),
        "name" or "path" => TextMatch.Field(node.Field, node, caseSensitive: true),
        "status" => Interval("status", node, short.MaxValue),
        "latency" => Interval("latency_us", node, long.MaxValue),
        "upstream" => Interval("upstream_us", node, long.MaxValue),
        "reqsize" => Interval("request_bytes", node, long.MaxValue),
        "respsize" => Interval("response_bytes", node, long.MaxValue),
        "audit" => Id("audit_id", node, Guid.Parse),
        "trace" => Id("trace_id", node, Guid.Parse),
        "span" => Id("span_id", node, text => Convert.ToInt64(text, 16)),
        "call" => node.Operator == QueryOperator.Present ? Sql.True : Sql.Join("or", [.. node.Values.Select(v => Call(v.Text))]),
        "is" => Sql.Join("or", [.. node.Values.Select(v => v.Text == "inflight" ? Sql.Of("batch_id = ?", OpenTable.RunningBatch) : Sql.Of("flags & ? <> 0", (int)Flag(v.Text)))]),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node.Field, "The parser lets only searchable fields pass."),
    };

    private static DimTerm Dim(DimKind kind, string expression, FieldNode node) => new(kind, TextMatch.Field(expression, node, QueryFields.Find(node.Field)!.CaseSensitive));

    private static Sql AnyPart(FieldNode node) => new Sql("exists (select from unnest(parts) as p where ", []) + TextMatch.Field("p", node, caseSensitive: true) + ")";

    private static Sql Interval(string column, FieldNode node, long max) =>
        Sql.Join("or", [.. QueryInterval.Of(node).Select(i => Sql.Of($"{column} between ? and ?", Math.Min(i.From, max), Math.Min(i.To, max)))]);

    private static Sql Id<T>(string column, FieldNode node, Func<string, T> parse) => node.Operator == QueryOperator.Present
        ? Sql.Of<T>($"{column} is not null")
        : Sql.Join("or", [.. node.Values.Select(v => Sql.Of($"({column} is not null and {column} = ?)", parse(v.Text)))]);

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

    private static Sql Call(string text) => CallId.TryParse(text, out var id)
        ? Sql.Join("and", [Sql.Of("at >= ? and at < ?", id.HourStart.UtcDateTime, id.HourStart.UtcDateTime.AddHours(1)), Sql.Of("batch_id = ?", id.BatchId), Sql.Of("ord = ?", id.Ordinal)])
        : Sql.False;
}
