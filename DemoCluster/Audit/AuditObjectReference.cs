using KubeLens.Gateway.Normalize;

namespace KubeLens.DemoCluster.Audit;

/// <summary><c>audit.k8s.io/v1 ObjectReference</c>, of the path.</summary>
internal sealed record AuditObjectReference(string? Resource, string? Namespace, string? Name, string? ApiGroup, string? ApiVersion, string? Subresource)
{
    public static AuditObjectReference? Of(RequestInfo info) => info.IsResourceRequest
        ? new(Given(info.Resource), Given(info.Namespace), Given(info.Name), Given(info.ApiGroup), Given(info.ApiVersion), Given(info.Subresource))
        : null;

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
