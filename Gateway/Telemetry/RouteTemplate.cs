using System.Text;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Telemetry;

/// <summary>
/// The <c>http.route</c> of a call, with the place holders of the apiserver's own spans
/// (kubernetes/kubernetes, staging/src/k8s.io/apiserver/pkg/endpoints/filters/traces.go):
/// <c>/apis/apps/v1/namespaces/{:namespace}/deployments/{:name}/scale</c>.
/// </summary>
internal static class RouteTemplate
{
    private const string Name = "{:name}", Rest = "{:path}";

    // The first word of paths outside of /api and /apis that an apiserver knows; what else a client writes is no route.
    private static readonly HashSet<string> Roots = new(StringComparer.Ordinal)
    {
        ".well-known", "api", "apis", "configz", "debug", "flagz", "healthz", "livez", "logs", "metrics", "openapi", "openid", "readyz", "statusz", "version",
    };

    /// <summary>Null where there is none: a path that no apiserver serves, or one of a kubelet.</summary>
    public static string? Of(RequestInfo info)
    {
        if (!info.IsResourceRequest)
        {
            return OfPath(info.Path, info.ApiPrefix);
        }

        if (info.ApiPrefix.Length == 0 || info.Parts.Count == 0)
        {
            return null;
        }

        var route = new StringBuilder(96).Append('/').Append(info.ApiPrefix);
        if (info.ApiGroup.Length > 0)
        {
            route.Append('/').Append(info.ApiGroup);
        }

        route.Append('/').Append(info.ApiVersion);
        if (info.Namespace.Length > 0 && info.Parts[0] != "namespaces")
        {
            route.Append("/namespaces/{:namespace}");
        }

        route.Append('/').Append(info.Parts[0]);
        if (info.Parts.Count > 1)
        {
            route.Append('/').Append(Name);
        }

        if (info.Parts.Count > 2 && info.Subresource.Length > 0)
        {
            route.Append('/').Append(info.Subresource);
        }

        if (info.Parts.Count > (info.Subresource.Length > 0 ? 3 : 2))
        {
            route.Append('/').Append(Rest);
        }

        // A client can put anything into the place of a resource.
        return route.ToString() is var text && CredentialText.Contains(text) ? null : text;
    }

    // /version, /readyz/{:path}, /apis/{:path}
    private static string? OfPath(string path, string prefix)
    {
        var trimmed = path.Trim('/');
        var end = trimmed.IndexOf('/', StringComparison.Ordinal);
        var root = prefix.Length > 0 ? prefix : end < 0 ? trimmed : trimmed[..end];
        return trimmed.Length == 0 ? "/"
            : !Roots.Contains(root) ? null
            : end < 0 ? $"/{root}" : $"/{root}/{Rest}";
    }
}
