using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Kubelets;

/// <summary>What a request at a kubelet's own port means: to its authorizer, and so in the record.</summary>
internal static class KubeletRequest
{
    private const string Strongest = "proxy";

    public static RequestInfo Parse(string node, string method, string rawTarget)
    {
        PathText.Split(rawTarget, out var rawPath, out _);
        var path = rawPath.Contains('%') && PathText.TryDecode(rawPath, plusIsSpace: false, out var decoded) ? decoded : rawPath.ToString();
        var asked = KubeletPaths.Resolve(method, path);
        // What the kubelet might read as another path is what needs the strongest right.
        var attributes = IsClean(path) ? asked : asked with { Subresource = Strongest, Fallback = "" };
        return new RequestInfo
        {
            IsResourceRequest = true,
            Verb = attributes.Verb,
            ApiVersion = "v1",
            Resource = "nodes",
            Subresource = attributes.Subresource,
            Name = node,
            Path = path,
            Node = node,
            Kubelet = attributes,
            IsLongRunning = attributes.Subresource is Strongest or "log",
        };
    }

    private static bool IsClean(string path)
    {
        if (path is not ['/', ..])
        {
            return false;
        }

        var segments = path.Split('/');
        // "/pods", "/runningpods/": the first is empty, and the last may be.
        return !segments.AsSpan(1, segments.Length - 2).Contains("") && !segments.Contains(".") && !segments.Contains("..");
    }
}
