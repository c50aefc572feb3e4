using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

internal static class ServiceTable
{
    public static readonly TableDefinition Definition = new(
        [
            TableColumn.ObjectName,
            new("Type", "How the service is reached."),
            new("Cluster-IP", "Its address inside the cluster."),
            new("External-IP", "Its address outside the cluster."),
            new("Port(s)", "Its ports, with the node's port where there is one."),
            TableColumn.Age,
            TableColumn.Wide("Selector", "Which pods are behind it."),
        ],
        (value, now) => new JsonArray(
            value.Name(),
            value.Text("spec.type"),
            TableText.OrNone(value.Text("spec.clusterIP")),
            External(value),
            Ports(value),
            TableDefinition.Age(value, now),
            TableText.Labels(value.Map("spec.selector"))));

    private static string External(JsonObject value)
    {
        var balanced = value.Maps("status.loadBalancer.ingress").Select(ingress => ingress.Text("ip") is { Length: > 0 } ip ? ip : ingress.Text("hostname"));
        var given = value.Items("spec.externalIPs").Select(address => address.Text());
        return value.Text("spec.type") switch
        {
            "ExternalName" => value.Text("spec.externalName"),
            "LoadBalancer" => string.Join(',', balanced.Concat(given)) is { Length: > 0 } text ? text : "<pending>",
            _ => TableText.OrNone(string.Join(',', given)),
        };
    }

    private static string Ports(JsonObject value) => TableText.OrNone(string.Join(',', value.Maps("spec.ports").Select(port =>
        port.Number("nodePort") is > 0 ? $"{port["port"].Plain()}:{port["nodePort"].Plain()}/{port.Text("protocol")}" : $"{port["port"].Plain()}/{port.Text("protocol")}")));
}
