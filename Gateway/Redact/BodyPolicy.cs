using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Redact;

/// <summary>Which bodies are looked at, before any byte of them is.</summary>
internal static class BodyPolicy
{
    private static readonly string[] TextPaths = ["/healthz", "/livez", "/readyz", "/ping"];

    /// <summary>Bodies that are credentials, or streams that could hold any.</summary>
    public static bool IsExcluded(RequestInfo info) =>
        info.Verb == "proxy"
        || info.Subresource is "log" or "exec" or "attach" or "portforward" or "proxy" or "token"
        || Is(info.Resource, "tokenreviews") || Is(info.Resource, "tokenrequests") || Is(info.Resource, "certificatesigningrequests")
        || info.Kubelet is not null;

    /// <summary>Excluded for what is inside, though not for its name.</summary>
    public static bool HasHarmlessNames(RequestInfo info) => Is(info.Resource, "certificatesigningrequests");

    /// <summary>Where plain text is a word such as <c>ok</c>.</summary>
    public static bool KeepsText(RequestInfo info, bool isRequest) =>
        !isRequest && !info.IsResourceRequest && TextPaths.Any(path => info.Path.StartsWith(path, StringComparison.Ordinal) && (info.Path.Length == path.Length || info.Path[path.Length] == '/'));

    private static bool Is(string resource, string other) => resource.Equals(other, StringComparison.OrdinalIgnoreCase);
}
