using System.Collections.Frozen;
using System.Collections.Immutable;
using static KubeLens.Contracts.Query.QueryKind;

namespace KubeLens.Contracts.Query;

/// <summary>Every field of the search language. <c>docs/query-language.md</c> lists them for people; a test holds the two together.</summary>
public static class QueryFields
{
    /// <summary>The fields in the order in which help and completion show them.</summary>
    public static ImmutableArray<QueryField> All { get; } =
    [
        // who
        Now("user", Text, "whom the apiserver sees") with { Aliases = ["u"], Hints = ["username", "who"] },
        Now("groups", Text, "a group of the user") with { MultiValued = true },
        Now("as", Text, "the user that was asked to be impersonated") with { Hints = ["impersonate", "impersonated", "actas"] },
        Now("kind", Choice, "what kind of user") with { Choices = ["human", "sa", "node", "system"], SearchableChoices = ["human", "sa", "node", "system"] },
        Now("sa", Text, "the service account, as namespace/name") with { Hints = ["serviceaccount"] },
        Now("ip", Keyword, "the client's address") with { Hints = ["sourceip", "address", "addr"] },
        Now("ua", Text, "the user agent") with { Hints = ["useragent", "agent"] },
        Now("client", Text, "the client program, or the kubectl command") with { MultiValued = true, Hints = ["program", "command"] },
        Now("session", Uuid, "the kubectl session"),

        // what
        Now("verb", Keyword, "get, list, watch, create, update, patch, delete, deletecollection") with { Aliases = ["v"], Hints = ["action"] },
        Now("class", Choice, "the risk class of the verb") with { Choices = ["read", "write", "delete", "interactive"], SearchableChoices = ["read", "write", "delete", "interactive"] },
        Now("resource", Resource, "pods, pods/exec, pods/*, deployments.apps") with { Aliases = ["r"], Hints = ["res", "resources"] },
        Now("group", Keyword, "the API group; core is the group without a name") with { Hints = ["apigroup"] },
        Now("version", Keyword, "the API version") with { Hints = ["apiversion"] },
        Now("sub", Keyword, "the subresource") with { Hints = ["subresource"] },
        Now("ns", Keyword, "the namespace") with { Aliases = ["n"], Hints = ["namespace"] },
        Now("name", Text, "the object's name") with { Hints = ["object", "objectname"] },
        Now("uid", Uuid, "the object's uid"),
        Now("rv", Keyword, "the resource version of the object or list that was answered") with { Hints = ["resourceversion"] },
        Now("path", Text, "the raw path of the request") with { Hints = ["url", "uri"] },
        Now("method", Keyword, "the HTTP method"),
        Now("selector", Text, "the label or field selector") with { MultiValued = true, Hints = ["labelselector", "fieldselector", "label"] },
        Now("fieldmanager", Text, "the field manager of a write") with { Hints = ["manager"] },
        Now("dryrun", Choice, "whether nothing was to be stored") with { Choices = ["true", "false"], SearchableChoices = ["true", "false"] },

        // result
        Now("status", Status, "404, 4xx, 400..499, none") with { Aliases = ["s"], Hints = ["code", "statuscode"] },
        Now("reason", Keyword, "the reason of a Kubernetes Status answer"),
        Now("decision", Choice, "what the apiserver's authorization said, by its audit event") with { Choices = ["allow", "deny"], SearchableChoices = ["allow", "deny"] },
        Now("latency", Duration, "from the first request byte to the last response byte") with { Hints = ["duration", "took", "elapsed", "latencyms"] },
        Now("upstream", Duration, "the part of the latency that the apiserver took"),
        Now("reqsize", Size, "request body bytes") with { Hints = ["requestsize", "requestbytes"] },
        Now("respsize", Size, "response body bytes") with { Hints = ["responsesize", "responsebytes", "size", "bytes"] },
        Now("warning", Text, "a Warning header of the answer") with { MultiValued = true },

        // ids
        Now("audit", Uuid, "the audit-id") with { Hints = ["auditid", "audit-id"] },
        Now("call", CallId, "the call's id in the store") with { Hints = ["id", "callid"] },
        Now("trace", TraceId, "the trace id") with { Hints = ["traceid"] },
        Now("span", SpanId, "the span id") with { Hints = ["spanid"] },
        Now("cluster", Text, "the cluster's name"),
        Now("gateway", Text, "the gateway's name"),

        // connection
        Now("tls", Keyword, "the TLS version towards the client"),
        Now("cipher", Keyword, "the cipher suite towards the client"),
        Now("alpn", Keyword, "the protocol that TLS towards the client agreed on"),
        Now("sni", Keyword, "the server name that the client asked for"),
        Now("peer", Keyword, "the upstream's address and port"),
        Now("caller", Text, "the gateway's own credential that the client proved itself with"),

        // workload
        Now("pod", Text, "the pod that called") with { Hints = ["podname"] },
        Now("node", Text, "the node of the pod that called, or the node that called") with { Hints = ["nodename"] },

        // content
        Later("body", Body, "text in a body, or at a path: body.spec.replicas"),
        Later("changed", Text, "a path that the call changed") with { MultiValued = true },

        // flags
        Now("is", Flag, "a property of the call") with
        {
            MultiValued = true,
            Choices = ["mutating", "denied", "slow", "watch", "exec", "secret", "inflight", "truncated", "deprecated", "bypass", "conflict", "plaintext", "unverified", "gone", "system"],
            SearchableChoices = ["mutating", "denied", "slow", "watch", "exec", "secret", "inflight", "truncated", "deprecated", "bypass", "conflict", "plaintext", "unverified", "gone", "system"],
        },
        Now("has", Flag, "something kept with the call") with { MultiValued = true, Choices = ["body", "diff", "trace", "audit"], SearchableChoices = ["trace", "audit"] },
    ];

    private static readonly FrozenDictionary<string, QueryField> ByName = All
        .SelectMany(f => f.Aliases.Prepend(f.Name).Select(n => KeyValuePair.Create(n, f)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> TimeWords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "time", "timestamp", "@timestamp", "at", "from", "to", "since", "until", "before", "after", "date", "day", "start", "end");

    /// <summary>The field of that name or alias, in any case.</summary>
    public static QueryField? Find(string name) => ByName.GetValueOrDefault(name);

    internal static bool MeansTime(string name) => TimeWords.Contains(name);

    /// <summary>The name a wrong one was probably meant to be, or null.</summary>
    internal static string? Nearest(string name) =>
        All.FirstOrDefault(f => f.Hints.Contains(name, StringComparer.OrdinalIgnoreCase))?.Name
        ?? NearestWord.Of(name, All.Where(f => f.Searchable).Concat(All).Select(f => f.Name));

    private static QueryField Now(string name, QueryKind kind, string about) => new(name, kind, about) { Searchable = true };

    private static QueryField Later(string name, QueryKind kind, string about) => new(name, kind, about);
}
