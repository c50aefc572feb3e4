using System.Collections.Frozen;

namespace KubeLens.Gateway.Redact;

/// <summary>Header names in lower case, without an allocation for those that most calls carry.</summary>
internal static class HeaderNames
{
    private static readonly FrozenDictionary<string, string> Lower = new[]
    {
        "Accept", "Accept-Encoding", "Audit-Id", "Authorization", "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Cookie", "Date",
        "Host", "Impersonate-Group", "Impersonate-User", "Kubectl-Command", "Kubectl-Session", "Location", "Retry-After", "Sec-WebSocket-Protocol", "Set-Cookie",
        "Traceparent", "Transfer-Encoding", "Upgrade", "User-Agent", "Vary", "Warning", "X-Kubernetes-Pf-Flowschema-Uid", "X-Kubernetes-Pf-Prioritylevel-Uid",
    }.ToFrozenDictionary(name => name, name => name.ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);

    public static string ToLower(string name) => Lower.TryGetValue(name, out var lower) ? lower : name.ToLowerInvariant();
}
