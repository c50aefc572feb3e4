using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Kinds.Rules;

internal sealed class ConfigMapRules : IKindRules
{
    public void Default(JsonObject value, JsonObject? old)
    {
    }

    public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes) => ImmutableData.Validate(value, old, causes, "data", "binaryData");
}
