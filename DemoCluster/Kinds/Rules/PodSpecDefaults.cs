using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>A pod's spec, in a pod or in a template.</summary>
internal static class PodSpecDefaults
{
    public static void Apply(JsonObject spec)
    {
        foreach (var container in spec.Maps("initContainers").Concat(spec.Maps("containers")))
        {
            Container(container);
        }

        spec.SetDefault("restartPolicy", "Always");
        spec.SetDefault("terminationGracePeriodSeconds", 30);
        spec.SetDefault("dnsPolicy", "ClusterFirst");
        spec.SetDefault("securityContext", new JsonObject());
        spec.SetDefault("schedulerName", "default-scheduler");
    }

    public static void Validate(JsonObject spec, string path, InvalidCauses causes)
    {
        var containers = spec.Maps("containers").ToList();
        if (containers.Count == 0)
        {
            causes.Required($"{path}.containers");
        }

        for (var i = 0; i < containers.Count; i++)
        {
            foreach (var field in new[] { "name", "image" }.Where(field => containers[i].Text(field).Length == 0))
            {
                causes.Required(string.Create(CultureInfo.InvariantCulture, $"{path}.containers[{i}].{field}"));
            }
        }
    }

    private static void Container(JsonObject container)
    {
        foreach (var port in container.Maps("ports"))
        {
            port.SetDefault("protocol", "TCP");
        }

        container.SetDefault("resources", new JsonObject());
        foreach (var (resource, limit) in container.Map("resources.limits")?.ToList() ?? [])
        {
            container.Section("resources").Section("requests").SetDefault(resource, limit?.DeepClone());
        }

        container.SetDefault("terminationMessagePath", "/dev/termination-log");
        container.SetDefault("terminationMessagePolicy", "File");
        container.SetDefault("imagePullPolicy", IsLatest(container.Text("image")) ? "Always" : "IfNotPresent");
    }

    /// <summary><c>localhost:5000/app</c> has a port, not a tag.</summary>
    private static bool IsLatest(string image)
    {
        var last = image[(image.LastIndexOf('/') + 1)..];
        return !last.Contains('@') && (!last.Contains(':') || last.EndsWith(":latest", StringComparison.Ordinal));
    }
}
