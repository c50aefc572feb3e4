using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Pods.Shell;

/// <summary>The machine that a container seems to be: its name, environment, user and files, all made of the pod.</summary>
internal sealed class PodMachine
{
    public PodMachine(JsonObject pod, string container, TimeProvider clock)
    {
        Clock = clock;
        Hostname = pod.Text("spec.hostname") is { Length: > 0 } own ? own : pod.Text("metadata.name");
        Command = string.Join(' ', PodContainers.Spec(pod, container).Texts("command")) is { Length: > 0 } command ? command : $"/app/{container}";
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["HOSTNAME"] = Hostname,
        };
        foreach (var variable in PodContainers.Spec(pod, container).Maps("env"))
        {
            Environment[variable.Text("name")] = Value(variable);
        }

        Environment["KUBERNETES_SERVICE_HOST"] = "10.96.0.1";
        Environment["KUBERNETES_SERVICE_PORT"] = "443";
        Environment["HOME"] = "/root";
        Files = new PodFiles(pod, Hostname);
    }

    public TimeProvider Clock { get; }
    public string Hostname { get; }

    /// <summary>What process 1 is.</summary>
    public string Command { get; }

    public Dictionary<string, string> Environment { get; }
    public PodFiles Files { get; }

    // A secret's value is not looked up: what a demo shell prints must not need redaction to be harmless.
    private static string Value(JsonObject variable) => variable.At("valueFrom") is null ? variable.Text("value") : $"demo-{variable.Text("name").ToLowerInvariant()}";
}
