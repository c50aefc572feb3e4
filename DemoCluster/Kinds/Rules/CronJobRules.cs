using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

internal sealed class CronJobRules : IKindRules
{
    public void Default(JsonObject value, JsonObject? old)
    {
        var spec = value.Section("spec");
        spec.SetDefault("concurrencyPolicy", "Allow");
        spec.SetDefault("suspend", false);
        spec.SetDefault("successfulJobsHistoryLimit", 3);
        spec.SetDefault("failedJobsHistoryLimit", 1);
        PodSpecDefaults.Apply(PodSpec(spec));
        value.SetDefault("status", new JsonObject());
    }

    public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes)
    {
        var spec = value.Section("spec");
        if (spec.Text("schedule").Length == 0)
        {
            causes.Required("spec.schedule");
        }

        PodSpecDefaults.Validate(PodSpec(spec), "spec.jobTemplate.spec.template.spec", causes);
        if (PodSpec(spec).Text("restartPolicy") == "Always")
        {
            causes.NotSupported("spec.jobTemplate.spec.template.spec.restartPolicy", "\"Always\"", "\"OnFailure\", \"Never\"");
        }
    }

    private static JsonObject PodSpec(JsonObject spec) => spec.Section("jobTemplate").Section("spec").Section("template").Section("spec");
}
