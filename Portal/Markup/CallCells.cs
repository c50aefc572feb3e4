using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Markup;

/// <summary>What the cells of the columns say that are text and no more.</summary>
internal static class CallCells
{
    private const string ServiceAccount = "system:serviceaccount:";

    /// <summary>The value as the query language names it, sizes as people do; empty where the call has none.</summary>
    public static string TextOf(CallItem call, string field) => field switch
    {
        "ns" => call.Namespace,
        "name" => call.Name,
        "user" => call.User,
        "latency" => Show.Latency(call.LatencyMs),
        "cluster" => call.Cluster,
        "kind" => call.User.Length > 0 ? UserKind.Of(call.User) : "",
        "sa" => call.User.StartsWith(ServiceAccount, StringComparison.Ordinal) ? call.User[ServiceAccount.Length..].Replace(':', '/') : "",
        "groups" => string.Join(", ", call.Groups),
        "caller" => call.Caller,
        "ip" => call.SourceIp,
        "client" => ClientAgent.Read(call.UserAgent).Name,
        "ua" => call.UserAgent,
        "class" => CallClass.CssOf(VerbClasses.Of(call.Verb, call.Subresource)),
        "method" => call.Method,
        "group" => call.Resource.Length == 0 ? "" : call.ApiGroup.Length > 0 ? call.ApiGroup : "core",
        "version" => call.ApiVersion,
        "sub" => call.Subresource,
        "path" => call.Path,
        "reqsize" => Show.Bytes(call.RequestBytes),
        "respsize" => Show.Bytes(call.ResponseBytes),
        "audit" => call.AuditId,
        "call" => call.Id,
        "trace" => call.TraceId ?? "",
        "span" => call.SpanId ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "There is no such column of text."),
    };
}
