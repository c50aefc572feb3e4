using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

internal sealed class ServiceRules(ServiceAddresses addresses) : IKindRules
{
    public void Default(JsonObject value, JsonObject? old)
    {
        var spec = value.Section("spec");
        spec.SetDefault("type", "ClusterIP");
        spec.SetDefault("sessionAffinity", "None");
        foreach (var port in spec.Maps("ports"))
        {
            port.SetDefault("protocol", "TCP");
            port.SetDefault("targetPort", port["port"]?.DeepClone());
        }

        if (spec.Text("type") != "ExternalName")
        {
            Address(spec, old);
            spec.SetDefault("internalTrafficPolicy", "Cluster");
            spec.SetDefault("ipFamilies", new JsonArray("IPv4"));
            spec.SetDefault("ipFamilyPolicy", "SingleStack");
        }

        if (old is null)
        {
            value["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };
        }
    }

    public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes)
    {
        var spec = value.Section("spec");
        var type = spec.Text("type");
        if (type is not ("ClusterIP" or "NodePort" or "LoadBalancer" or "ExternalName"))
        {
            causes.NotSupported("spec.type", $"\"{type}\"", "\"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"");
        }

        if (type != "ExternalName" && spec.Text("clusterIP") != "None" && !spec.Items("ports").Any())
        {
            causes.Required("spec.ports");
        }

        var before = old?.Text("spec.clusterIP") ?? "";
        if (before.Length > 0 && type != "ExternalName" && spec.Text("clusterIP") != before)
        {
            causes.Invalid("spec.clusterIPs[0]", $"[]string{{\"{spec.Text("clusterIP")}\"}}", "may not change once set");
        }
    }

    private void Address(JsonObject spec, JsonObject? old)
    {
        if (spec.Text("clusterIP").Length == 0)
        {
            var kept = old?.Text("spec.clusterIP") ?? "";
            spec["clusterIP"] = kept.Length > 0 ? kept : addresses.Next();
        }

        spec["clusterIPs"] = new JsonArray(spec.Text("clusterIP"));
    }
}
