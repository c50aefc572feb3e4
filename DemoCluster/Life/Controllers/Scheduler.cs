using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Life.Controllers;

/// <summary>Gives each new pod the node with the fewest.</summary>
internal sealed class Scheduler(Cast cast, ClusterView view, EventRecorder events) : IController
{
    public async Task<bool> ReconcileAsync(CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var pod in view.Pods.Where(pod => !PodFacts.IsScheduled(pod) && !PodFacts.IsEnding(pod)).ToList())
        {
            var node = cast.Kubelets.Keys.MinBy(name => view.Pods.Count(other => other.Value.Text("spec.nodeName") == name))!;
            var answer = await cast.Scheduler.CreateAsync($"/api/v1/namespaces/{pod.Namespace}/pods/{pod.Name}/binding", new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Binding",
                ["metadata"] = new JsonObject { ["name"] = pod.Name, ["namespace"] = pod.Namespace, ["uid"] = pod.Uid },
                ["target"] = new JsonObject { ["kind"] = "Node", ["name"] = node },
            }, cancellationToken);
            if (answer.IsSuccess)
            {
                await events.RecordAsync(cast.Scheduler, "default-scheduler", "v1", "Pod", pod, "Scheduled", $"Successfully assigned {pod.Namespace}/{pod.Name} to {node}", cancellationToken);
                acted = true;
            }
        }

        return acted;
    }
}
