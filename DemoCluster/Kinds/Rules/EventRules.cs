using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>Events of both groups, in core's fields.</summary>
internal sealed class EventRules : IKindRules
{
    public void Default(JsonObject value, JsonObject? old)
    {
        value.SetDefault("source", new JsonObject());
        value.SetDefault("firstTimestamp", null);
        value.SetDefault("lastTimestamp", null);
        value.SetDefault("eventTime", null);
        value.SetDefault("reportingComponent", "");
        value.SetDefault("reportingInstance", "");
    }

    public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes)
    {
        var about = value.Text("involvedObject.namespace");
        var home = value.Namespace();
        if (about != home && !(about.Length == 0 && home == "default"))
        {
            causes.Invalid("involvedObject.namespace", $"\"{about}\"", "does not match event.namespace");
        }
    }
}
