using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

internal sealed class SecretRules : IKindRules
{
    public void Default(JsonObject value, JsonObject? old)
    {
        value.SetDefault("type", "Opaque");
        if (value["stringData"] is JsonObject texts)
        {
            foreach (var (name, text) in texts)
            {
                value.Section("data")[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Text()));
            }
        }

        value.Remove("stringData");
    }

    public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes)
    {
        if (old is not null && old.Text("type") != value.Text("type"))
        {
            causes.Invalid("type", $"\"{value.Text("type")}\"", "field is immutable");
        }

        ImmutableData.Validate(value, old, causes, "data");
    }
}
