using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

internal sealed class NamespaceRules : IKindRules
{
    /// <summary>Held by a namespace until it is empty.</summary>
    public const string Finalizer = "kubernetes";

    public void Default(JsonObject value, JsonObject? old)
    {
        value.Section("metadata").Section("labels")["kubernetes.io/metadata.name"] = value.Name();
        if (old is null)
        {
            value["spec"] = new JsonObject { ["finalizers"] = new JsonArray(Finalizer) };
            value["status"] = new JsonObject { ["phase"] = "Active" };
        }
    }

    public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes)
    {
    }
}
