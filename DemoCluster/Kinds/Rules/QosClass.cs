using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>A pod's quality of service, from its containers' resources.</summary>
internal static class QosClass
{
    private static readonly string[] Counted = ["cpu", "memory"];

    public static string Of(JsonObject spec)
    {
        var containers = spec.Maps("initContainers").Concat(spec.Maps("containers")).ToList();
        if (containers.All(container => Asked(container, "requests").Count == 0 && Asked(container, "limits").Count == 0))
        {
            return "BestEffort";
        }

        return containers.All(IsGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static bool IsGuaranteed(JsonObject container)
    {
        var limits = Asked(container, "limits");
        var requests = Asked(container, "requests");
        return limits.Count == Counted.Length && requests.All(request => limits.GetValueOrDefault(request.Key) == request.Value);
    }

    private static Dictionary<string, string> Asked(JsonObject container, string what) =>
        (container.Map($"resources.{what}") ?? []).Where(pair => Counted.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value.Plain());
}
