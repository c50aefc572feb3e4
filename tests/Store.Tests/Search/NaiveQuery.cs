using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Store.Tests.Notes;

namespace KubeLens.Store.Tests.Search;

/// <summary>What a query means, said again without SQL: one call at a time, straight from the specification.</summary>
internal static class NaiveQuery
{
    private static readonly string[] Shells = ["exec", "attach", "portforward", "proxy"];

    public static bool Matches(QueryNode node, CallRecord call) => Matches(node, call, subAsked: false);

    private static bool Matches(QueryNode node, CallRecord call, bool subAsked) => node switch
    {
        AndNode and => and.Items.All(item => Matches(item, call, subAsked || and.Items.Any(other => !ReferenceEquals(other, item) && Asks(other, "sub")))),
        OrNode or => or.Items.Any(item => Matches(item, call, subAsked)),
        NotNode not => !Matches(not.Item, call, subAsked),
        TextNode text => new[] { call.User, call.Name, call.Namespace, call.Path, call.Query, call.UserAgent, call.Reason }.Any(v => Within(v, text.Value)),
        FieldNode field => Field(field, call, subAsked),
        _ => true,
    };

    private static bool Field(FieldNode f, CallRecord c, bool subAsked) => f.Field switch
    {
        "user" => Text(f, c.User),
        "groups" => c.Groups.Any(g => Text(f, g)),
        "as" => Text(f, c.ImpersonatedUser),
        "ua" => Text(f, c.UserAgent),
        "name" => Text(f, c.Name),
        "path" => Text(f, c.Path),
        "cluster" => Text(f, c.Cluster),
        "gateway" => Text(f, c.Gateway),
        "caller" => Text(f, c.Caller),
        "pod" => Text(f, c.Pod),
        "node" => Text(f, c.Node),
        "sa" => Text(f, Account(c.User)),
        "kind" => f.Values.Any(v => v.Text == Kind(c.User)),
        "client" => Text(f, ClientAgent.Read(c.UserAgent).Name) || Text(f, c.Program.Command),
        "session" => Id(f, c.Program.Session),
        "uid" => Id(f, c.Object.Uid),
        "rv" => Text(f, c.Object.ResourceVersion, fold: true),
        "selector" => Text(f, c.LabelSelector) || Text(f, c.FieldSelector),
        "fieldmanager" => Text(f, c.Options.FieldManager),
        "dryrun" => f.Values.Any(v => v.Text == (c.Options.DryRun ? "true" : "false")),
        "warning" => c.Advice.Warnings.Any(w => Text(f, w)),
        "ip" => Text(f, c.SourceIp, fold: true),
        "verb" => Text(f, c.Verb, fold: true),
        "version" => Text(f, c.ApiVersion, fold: true),
        "sub" => Text(f, c.Subresource, fold: true),
        "ns" => Text(f, c.Namespace, fold: true),
        "method" => Text(f, c.Method, fold: true),
        "reason" => Text(f, c.Reason, fold: true),
        "tls" => Text(f, c.Client.TlsVersion, fold: true),
        "cipher" => Text(f, c.Client.Cipher, fold: true),
        "alpn" => Text(f, c.Client.Alpn, fold: true),
        "sni" => Text(f, c.Client.ServerName, fold: true),
        "peer" => Text(f, c.Upstream.Address.Length > 0 ? $"{c.Upstream.Address}:{c.Upstream.Port}" : "", fold: true),
        "group" => Group(f, c),
        "resource" => Resource(f, c, subAsked),
        "status" => Number(f, c.Status, Status),
        "latency" => Number(f, c.LatencyUs, v => Amount(v, QueryDuration.TryParse)),
        "upstream" => c.Timings.UpstreamUs is { } took && Number(f, took, v => Amount(v, QueryDuration.TryParse)),
        "reqsize" => Number(f, c.RequestBytes, v => Amount(v, QuerySize.TryParse)),
        "respsize" => Number(f, c.ResponseBytes, v => Amount(v, QuerySize.TryParse)),
        "audit" => Id(f, c.AuditId == Guid.Empty ? "" : c.AuditId.ToString()),
        "trace" => Id(f, c.TraceId),
        "span" => Id(f, c.SpanId),
        "call" => Id(f, CallId.Of(c.Time, c.Position!.BatchId, c.Position.Ordinal).ToString()),
        "class" => f.Values.Any(v => v.Text == Class(c)),
        "decision" => false, // no audit event tells of any
        "has" => f.Values.Any(v => v.Text switch { "trace" => c.TraceId.Length > 0, "body" => NaiveBody.IsThere(c), "note" => RandomNotes.Has(c), _ => false }), // none has an audit event, and none is an update of an object that is known
        "changed" => false,
        "body" => NaiveBody.Matches(f, c),
        "is" => f.Values.Any(v => Flag(v.Text, c)),
        _ => throw new ArgumentOutOfRangeException(nameof(f), f.Field, "no such field"),
    };

    internal static bool Text(FieldNode field, string value, bool fold = false)
    {
        if (value.Length == 0)
        {
            return false;
        }

        return field.Operator switch
        {
            QueryOperator.Present => true,
            QueryOperator.Contains => Lower(value).Contains(Lower(field.Values[0].Text), StringComparison.Ordinal),
            _ => field.Values.Any(v => Equal(fold ? Lower(value) : value, fold ? v with { Text = Lower(v.Text) } : v, wild: field.Operator == QueryOperator.Any)),
        };
    }

    private static bool Equal(string value, QueryValue wanted, bool wild) =>
        wild && wanted.HasWildcards ? Glob([.. value.EnumerateRunes()], [.. wanted.Text.EnumerateRunes()]) : value == wanted.Text;

    internal static bool Within(string value, QueryValue wanted) => wanted.HasWildcards
        ? Glob([.. Lower(value).EnumerateRunes()], [.. $"*{Lower(wanted.Text)}*".EnumerateRunes()])
        : Lower(value).Contains(Lower(wanted.Text), StringComparison.Ordinal);

    private static bool Glob(ReadOnlySpan<Rune> value, ReadOnlySpan<Rune> pattern)
    {
        if (pattern.IsEmpty)
        {
            return value.IsEmpty;
        }

        if (pattern[0].Value == '*')
        {
            for (var skip = 0; skip <= value.Length; skip++)
            {
                if (Glob(value[skip..], pattern[1..]))
                {
                    return true;
                }
            }

            return false;
        }

        return !value.IsEmpty && (pattern[0].Value == '?' || pattern[0] == value[0]) && Glob(value[1..], pattern[1..]);
    }

    private static bool Group(FieldNode f, CallRecord c)
    {
        if (f.Operator is QueryOperator.Any or QueryOperator.Literal && c.ApiGroup.Length == 0)
        {
            return c.Resource.Length > 0 && f.Values.Any(v => v.Text == "core");
        }

        return Text(f, c.ApiGroup, fold: true) && !(f.Operator is QueryOperator.Any or QueryOperator.Literal && f.Values.All(v => v.Text == "core"));
    }

    private static bool Resource(FieldNode f, CallRecord c, bool subAsked)
    {
        if (f.Operator is QueryOperator.Present or QueryOperator.Contains)
        {
            return Text(f, c.Resource, fold: true);
        }

        return f.Values.Any(v =>
        {
            var slash = v.Text.Split('/');
            var dot = slash[0].Split('.', 2);
            bool Part(string value, string wanted) => value.Length > 0 && Equal(Lower(value), new QueryValue(Lower(wanted), v.Quoted), wild: f.Operator == QueryOperator.Any);
            var any = f.Operator == QueryOperator.Any && !v.Quoted;
            return Part(c.Resource, dot[0])
                && (dot.Length == 1 || (dot[1] == "*" && any) || (dot[1] == "core" ? c.ApiGroup.Length == 0 : Part(c.ApiGroup, dot[1])))
                && (slash.Length == 1 ? subAsked || c.Subresource.Length == 0 : (slash[1] == "*" && any) || Part(c.Subresource, slash[1]));
        });
    }

    private static bool Number(FieldNode f, long value, Func<QueryValue, (long From, long To)> read)
    {
        var present = f.Field != "status" || value > 0;
        return f.Operator switch
        {
            QueryOperator.Present => present,
            QueryOperator.Any => f.Values.Select(read).Any(v => value >= v.From && value <= v.To),
            QueryOperator.Greater => present && value > read(f.Values[0]).To,
            QueryOperator.GreaterOrEqual => present && value >= read(f.Values[0]).From,
            QueryOperator.Less => present && value < read(f.Values[0]).From,
            QueryOperator.LessOrEqual => present && value <= read(f.Values[0]).To,
            _ => present && (f.Values[0].Text == "*" || value >= read(f.Values[0]).From) && (f.Values[1].Text == "*" || value <= read(f.Values[1]).To),
        };
    }

    private static (long From, long To) Status(QueryValue value)
    {
        if (value.Text.EndsWith('x'))
        {
            var first = (value.Text[0] - '0') * 100;
            return (first, first + 99);
        }

        var status = value.Text == "none" ? 0 : int.Parse(value.Text, null);
        return (status, status);
    }

    private delegate bool TryParse(string text, out long amount);

    private static (long From, long To) Amount(QueryValue value, TryParse parse) => parse(value.Text, out var amount) ? (amount, amount) : throw new FormatException(value.Text);

    private static bool Id(FieldNode f, string value) => value.Length > 0 && (f.Operator == QueryOperator.Present || f.Values.Any(v => v.Text == value));

    private static string Class(CallRecord c) => Lower(c.Verb) switch
    {
        _ when Shells.Contains(Lower(c.Subresource)) => "interactive",
        "proxy" => "interactive",
        "get" or "list" or "watch" or "head" or "options" => "read",
        "create" or "update" or "patch" or "post" or "put" => "write",
        "delete" or "deletecollection" => "delete",
        _ => "",
    };

    private static bool Flag(string flag, CallRecord c) => flag switch
    {
        "mutating" => Class(c) is "write" or "delete",
        "denied" => c.Status is 401 or 403,
        "slow" => c.LatencyUs >= 1_000_000 && Lower(c.Verb) != "watch" && Lower(c.Subresource) != "log" && Class(c) != "interactive",
        "watch" => Lower(c.Verb) == "watch",
        "exec" => Lower(c.Subresource) is "exec" or "attach",
        "secret" => Lower(c.Resource) == "secrets" && c.ApiGroup.Length == 0,
        "system" => c.User.StartsWith("system:", StringComparison.Ordinal),
        "deprecated" => c.Advice.Warnings.Any(w => Lower(w).Contains("deprecated", StringComparison.Ordinal)),
        "plaintext" => c.Upstream.Trust == CallTrust.Plaintext,
        "bypass" or "conflict" => false, // all passed a gateway
        "inflight" => false, // all that it reads have ended
        "unverified" => c.Upstream.Trust == CallTrust.Unverified,
        "gone" => c.Watch.ErrorCode == 410,
        _ => c.RequestBody.Note == CallBodyNote.Truncated || c.ResponseBody.Note == CallBodyNote.Truncated,
    };

    private static string Account(string user) => user.StartsWith("system:serviceaccount:", StringComparison.Ordinal) ? user[22..].Replace(':', '/') : "";

    private static string Kind(string user) =>
        user.StartsWith("system:serviceaccount:", StringComparison.Ordinal) ? "sa"
        : user.StartsWith("system:node:", StringComparison.Ordinal) ? "node"
        : user.StartsWith("system:", StringComparison.Ordinal) ? "system"
        : user.Length > 0 ? "human" : "";

    private static bool Asks(QueryNode node, string field) => node switch
    {
        AndNode and => and.Items.Any(i => Asks(i, field)),
        OrNode or => or.Items.Any(i => Asks(i, field)),
        NotNode not => Asks(not.Item, field),
        FieldNode f => f.Field == field,
        _ => false,
    };

    private static string Lower(string text) => string.Concat(text.Select(c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c));
}
