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
        Of("user", Text, "whom the apiserver sees") with { Aliases = ["u"], Hints = ["username", "who"] },
        Of("groups", Text, "a group of the user") with { MultiValued = true },
        Of("as", Text, "the user that was asked to be impersonated") with { Hints = ["impersonate", "impersonated", "actas"] },
        Of("kind", Choice, "what kind of user") with { Choices = ["human", "sa", "node", "system"] },
        Of("sa", Text, "the service account, as namespace/name") with { Hints = ["serviceaccount"] },
        Of("ip", Keyword, "the client's address") with { Hints = ["sourceip", "address", "addr"] },
        Of("ua", Text, "the user agent") with { Hints = ["useragent", "agent"] },
        Of("client", Text, "the client program, or the kubectl command") with { MultiValued = true, Hints = ["program", "command"] },
        Of("session", Uuid, "the kubectl session"),

        // what
        Of("verb", Keyword, "get, list, watch, create, update, patch, delete, deletecollection") with { Aliases = ["v"], Hints = ["action"] },
        Of("class", Choice, "the risk class of the verb") with { Choices = ["read", "write", "delete", "interactive"] },
        Of("resource", Resource, "pods, pods/exec, pods/*, deployments.apps") with { Aliases = ["r"], Hints = ["res", "resources"] },
        Of("group", Keyword, "the API group; core is the group without a name") with { Hints = ["apigroup"] },
        Of("version", Keyword, "the API version") with { Hints = ["apiversion"] },
        Of("sub", Keyword, "the subresource") with { Hints = ["subresource"] },
        Of("ns", Keyword, "the namespace") with { Aliases = ["n"], Hints = ["namespace"] },
        Of("name", Text, "the object's name") with { Hints = ["object", "objectname"] },
        Of("uid", Uuid, "the object's uid"),
        Of("rv", Keyword, "the resource version of the object or list that was answered") with { Hints = ["resourceversion"] },
        Of("path", Text, "the raw path of the request") with { Hints = ["url", "uri"] },
        Of("method", Keyword, "the HTTP method"),
        Of("selector", Text, "the label or field selector") with { MultiValued = true, Hints = ["labelselector", "fieldselector", "label"] },
        Of("fieldmanager", Text, "the field manager of a write") with { Hints = ["manager"] },
        Of("dryrun", Choice, "whether nothing was to be stored") with { Choices = ["true", "false"] },

        // result
        Of("status", Status, "404, 4xx, 400..499, none") with { Aliases = ["s"], Hints = ["code", "statuscode"] },
        Of("reason", Keyword, "the reason of a Kubernetes Status answer"),
        Of("decision", Choice, "what the apiserver's authorization said, by its audit event") with { Choices = ["allow", "deny"] },
        Of("latency", Duration, "from the first request byte to the last response byte") with { Hints = ["duration", "took", "elapsed", "latencyms"] },
        Of("upstream", Duration, "the part of the latency that the apiserver took"),
        Of("reqsize", Size, "request body bytes") with { Hints = ["requestsize", "requestbytes"] },
        Of("respsize", Size, "response body bytes") with { Hints = ["responsesize", "responsebytes", "size", "bytes"] },
        Of("warning", Text, "a Warning header of the answer") with { MultiValued = true },

        // ids
        Of("audit", Uuid, "the audit-id") with { Hints = ["auditid", "audit-id"] },
        Of("call", CallId, "the call's id in the store") with { Hints = ["id", "callid"] },
        Of("trace", TraceId, "the trace id") with { Hints = ["traceid"] },
        Of("span", SpanId, "the span id") with { Hints = ["spanid"] },
        Of("cluster", Text, "the cluster's name"),
        Of("gateway", Text, "the gateway's name"),

        // connection
        Of("tls", Keyword, "the TLS version towards the client"),
        Of("cipher", Keyword, "the cipher suite towards the client"),
        Of("alpn", Keyword, "the protocol that TLS towards the client agreed on"),
        Of("sni", Keyword, "the server name that the client asked for"),
        Of("peer", Keyword, "the upstream's address and port"),
        Of("caller", Text, "the gateway's own credential that the client proved itself with"),

        // workload
        Of("pod", Text, "the pod that called") with { Hints = ["podname"] },
        Of("node", Text, "the node of the pod that called, or the node that called") with { Hints = ["nodename"] },

        // content
        Of("body", Body, "text in a body, or at a path: body.spec.replicas"),
        Of("changed", Text, "a path that an update or patch changed: spec.replicas") with { MultiValued = true },

        // flags
        Of("is", Flag, "a property of the call") with
        {
            MultiValued = true,
            Choices = ["mutating", "denied", "slow", "watch", "exec", "secret", "inflight", "truncated", "deprecated", "bypass", "conflict", "plaintext", "unverified", "gone", "system"],
        },
        Of("has", Flag, "something kept with the call") with { MultiValued = true, Choices = ["body", "diff", "trace", "audit", "note"] },
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
        ?? NearestWord.Of(name, All.Select(f => f.Name));

    private static QueryField Of(string name, QueryKind kind, string about) => new(name, kind, about);
}
