using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Selectors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>What deployments and replica sets have in common: replicas, a selector that stays, a template that it selects.</summary>
internal static class WorkloadRules
{
    public static void Default(JsonObject value)
    {
        var spec = value.Section("spec");
        spec.SetDefault("replicas", 1);
        PodSpecDefaults.Apply(spec.Section("template").Section("spec"));
        value.SetDefault("status", new JsonObject());
    }

    public static void Validate(JsonObject value, JsonObject? old, InvalidCauses causes)
    {
        var selector = value.Map("spec.selector");
        var labels = value.Map("spec.template.metadata.labels");
        if (selector is null || selector.Count == 0)
        {
            causes.Required("spec.selector");
        }

        if (selector is null || selector.Count == 0 || !LabelSelector.Of(selector).Matches(labels ?? []))
        {
            causes.Invalid("spec.template.metadata.labels", GoText.Map(labels), "`selector` does not match template `labels`");
        }

        if (value.Number("spec.replicas") is < 0 and var replicas)
        {
            causes.Invalid("spec.replicas", replicas.ToString()!, "must be greater than or equal to 0");
        }

        PodSpecDefaults.Validate(value.Section("spec").Section("template").Section("spec"), "spec.template.spec", causes);
        if (old is not null && !JsonNode.DeepEquals(old.At("spec.selector"), selector))
        {
            causes.Invalid("spec.selector", GoText.LabelSelector(selector ?? []), "field is immutable");
        }
    }
}
