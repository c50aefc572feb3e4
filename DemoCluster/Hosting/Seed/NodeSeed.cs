using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Hosting.Seed;

/// <summary>Three nodes, node-1 to node-3. Their kubelets' heartbeats are leases, so that conditions need no renewal.</summary>
internal static class NodeSeed
{
    public static IEnumerable<JsonObject> Nodes() => Enumerable.Range(1, 3).Select(Node);

    private static JsonObject Node(int number) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Node",
        ["metadata"] = new JsonObject
        {
            ["name"] = $"node-{number}",
            ["labels"] = new JsonObject
            {
                ["kubernetes.io/arch"] = "amd64",
                ["kubernetes.io/hostname"] = $"node-{number}",
                ["kubernetes.io/os"] = "linux",
                ["topology.kubernetes.io/zone"] = $"zone-{(char)('a' + number - 1)}",
            },
        },
        ["spec"] = new JsonObject { ["podCIDR"] = $"10.244.{number}.0/24" },
        ["status"] = new JsonObject
        {
            ["addresses"] = new JsonArray(Address("InternalIP", $"192.168.49.{10 + number}"), Address("Hostname", $"node-{number}")),
            ["capacity"] = Resources("4", "16374296Ki"),
            ["allocatable"] = Resources("3920m", "15874296Ki"),
            ["conditions"] = new JsonArray(
                Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
                Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status")),
            ["nodeInfo"] = new JsonObject
            {
                ["architecture"] = "amd64",
                ["containerRuntimeVersion"] = "containerd://1.7.24",
                ["kernelVersion"] = "6.1.0-28-amd64",
                ["kubeletVersion"] = "v1.32.0+kubelens-demo",
                ["operatingSystem"] = "linux",
                ["osImage"] = "Debian GNU/Linux 12 (bookworm)",
            },
        },
    };

    private static JsonObject Address(string type, string address) => new() { ["type"] = type, ["address"] = address };

    private static JsonObject Resources(string cpu, string memory) => new() { ["cpu"] = cpu, ["memory"] = memory, ["pods"] = "110" };

    private static JsonObject Condition(string type, string status, string reason, string message) =>
        new() { ["type"] = type, ["status"] = status, ["reason"] = reason, ["message"] = message };
}
