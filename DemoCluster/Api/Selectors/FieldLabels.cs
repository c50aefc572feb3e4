using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Selectors;

/// <summary>Which fields a resource can be selected by, and where their values are.</summary>
internal static class FieldLabels
{
    private static readonly Dictionary<string, string[]> ByResource = new()
    {
        ["/pods"] = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase", "status.podIP", "status.nominatedNodeName"],
        ["/events"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        ["/secrets"] = ["type"],
        ["/namespaces"] = ["status.phase"],
        ["/nodes"] = ["spec.unschedulable"],
        ["/services"] = ["spec.clusterIP", "spec.type"],
        ["apps/replicasets"] = ["status.replicas"],
    };

    public static bool IsKnown(ResourceKind kind, string label) =>
        label is "metadata.name" || (label is "metadata.namespace" && kind.Namespaced) || Own(kind).Contains(label);

    public static string Value(ResourceKind kind, StoredObject stored, string label) => label switch
    {
        "source" when kind.Resource == "events" => stored.Value.Text("source.component") is { Length: > 0 } source ? source : stored.Value.Text("reportingComponent"),
        "spec.unschedulable" => stored.Value.Flag(label) ? "true" : "false",
        _ => stored.Value.At(label).Plain(),
    };

    public static bool HasOwn(ResourceKind kind) => Own(kind).Length > 0;

    /// <summary>Events of both groups are selected by the same fields, whatever the version calls them.</summary>
    private static string[] Own(ResourceKind kind) => ByResource.GetValueOrDefault(kind.StorageKey, []);
}
