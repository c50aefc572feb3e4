namespace KubeLens.Gateway.Normalize;

/// <summary>The kubelet's table of paths and subresources (kubernetes/kubernetes, pkg/kubelet/server/auth.go).</summary>
internal static class KubeletPaths
{
    private static readonly (string Path, string Subresource, bool FineGrained)[] Table =
    [
        ("/stats", "stats", false),
        ("/metrics", "metrics", false),
        ("/logs", "log", false),
        ("/spec", "spec", false),
        ("/checkpoint", "checkpoint", false),
        ("/statusz", "statusz", false),
        ("/pods", "pods", true),
        ("/runningpods", "pods", true),
        ("/healthz", "healthz", true),
        ("/log", "healthz", true),
        ("/ping", "healthz", true),
        ("/syncloop", "healthz", true),
        ("/configz", "configz", true),
        ("/flagz", "configz", true),
    ];

    /// <param name="method">As sent; methods are case-sensitive.</param>
    /// <param name="path">The kubelet's own decoded path, for example <c>/stats/summary</c>.</param>
    public static KubeletAttributes Resolve(string method, string path)
    {
        var verb = ApiVerbs.OfMethod(method);
        foreach (var (prefix, subresource, fineGrained) in Table)
        {
            if (IsUnder(path, prefix))
            {
                return new KubeletAttributes(verb, path, subresource, fineGrained ? "proxy" : "");
            }
        }

        return new KubeletAttributes(verb, path, "proxy", "");
    }

    private static bool IsUnder(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/');
}
