using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Telemetry;

/// <summary>
/// Names of spans. <c>{verb} {resource}[/{subresource}]</c> instead of the HTTP conventions' <c>{method} {route}</c>: in Kubernetes
/// the verb says what a call does, and a watch and a list have the same method and route.
/// </summary>
internal static class SpanNames
{
    public const string Authentication = "authenticate";

    /// <summary>What a method or verb is called that is none of those that are known, so that no client makes names.</summary>
    public const string Other = "_OTHER";

    private static readonly HashSet<string> Verbs = new(StringComparer.Ordinal)
    {
        "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "proxy", "post", "put", "head", "options", "connect", "trace",
    };

    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal) { "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY" };

    /// <summary>Of the SERVER span: <c>create pods/exec</c>, <c>list deployments</c>; <c>get /version</c> for what is no resource.</summary>
    public static string Of(RequestInfo info)
    {
        var verb = Verb(info.Verb);
        var name = info.Resource.Length == 0 ? RouteTemplate.Of(info) is { } route ? $"{verb} {route}" : verb
            : info.Subresource.Length == 0 ? $"{verb} {info.Resource}"
            : $"{verb} {info.Resource}/{info.Subresource}";
        return CredentialText.Contains(name) ? verb : name;
    }

    /// <summary>Of the CLIENT span, as the HTTP conventions have it: <c>GET /api/v1/namespaces/{:namespace}/pods</c>.</summary>
    public static string OfUpstream(string method, RequestInfo info) => RouteTemplate.Of(info) is { } route ? $"{Method(method)} {route}" : Method(method);

    /// <summary>Of what is told when a long call has ended.</summary>
    public static string OfSummary(RequestInfo info) => $"{Of(info)} summary";

    public static string Verb(string verb) => Verbs.Contains(verb) ? verb : Other;

    public static string Method(string method) => Methods.Contains(method) ? method : Other;
}
