using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Life.Controllers;

internal static class PodFacts
{
    public static bool IsReady(StoredObject pod) =>
        !IsEnding(pod) && pod.Value.Maps("status.conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    public static bool IsEnding(StoredObject pod) => pod.Value.Text("metadata.deletionTimestamp").Length > 0;

    public static bool IsScheduled(StoredObject pod) => pod.Value.Text("spec.nodeName").Length > 0;
}
