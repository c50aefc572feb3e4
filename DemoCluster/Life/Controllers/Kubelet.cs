using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Life.Controllers;

/// <summary>
/// The nodes' agents: start containers a moment after a pod came, start those again that fail, each time later, and let
/// go of pods that end. A container fails when the configuration that it reads names no database that is there.
/// </summary>
internal sealed class Kubelet(Cast cast, ClusterView view, EventRecorder events, Agenda agenda, TimeProvider clock, Random random) : IController
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    // uid → how often its container has failed
    private readonly Dictionary<string, int> _pods = [];

    public async Task<bool> ReconcileAsync(CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var pod in view.Pods.Where(PodFacts.IsScheduled).ToList())
        {
            if (PodFacts.IsEnding(pod))
            {
                _pods.Remove(pod.Uid);
                await Actor(pod).DeleteAsync(PathOf(pod), cancellationToken, new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1", ["gracePeriodSeconds"] = 0, ["preconditions"] = new JsonObject { ["uid"] = pod.Uid } });
                acted = true;
            }
            else if (_pods.TryAdd(pod.Uid, 0))
            {
                agenda.At(clock.GetUtcNow() + Between(1.2, 3.5), token => StartAsync(pod.Uid, token));
            }
        }

        return acted;
    }

    private async Task StartAsync(string uid, CancellationToken cancellationToken)
    {
        if (Current(uid) is not { } pod)
        {
            return;
        }

        var failures = _pods[uid];
        var now = clock.GetUtcNow();
        var container = pod.Value.Maps("spec.containers").First();
        if (failures == 0)
        {
            await RecordAsync(pod, "Pulled", $"Container image \"{container.Text("image")}\" already present on machine", cancellationToken);
        }

        await RecordAsync(pod, "Started", $"Started container {container.Text("name")}", cancellationToken);
        var fails = PodStatus.WhyItFails(pod, view) is not null;
        await PatchAsync(pod, PodStatus.Running(pod, now, failures, ready: !fails), cancellationToken);
        if (fails)
        {
            agenda.At(now + Between(1.5, 2.5), token => FailAsync(uid, now, token));
        }
    }

    private async Task FailAsync(string uid, DateTimeOffset started, CancellationToken cancellationToken)
    {
        if (Current(uid) is not { } pod)
        {
            return;
        }

        var failures = ++_pods[uid];
        var wait = TimeSpan.FromTicks(Math.Min(FirstBackOff.Ticks << Math.Min(failures - 1, 10), LongestBackOff.Ticks));
        await PatchAsync(pod, PodStatus.BackingOff(pod, started, clock.GetUtcNow(), failures, wait), cancellationToken);
        await RecordAsync(pod, "BackOff", $"Back-off restarting failed container {pod.Value.Maps("spec.containers").First().Text("name")} in pod {pod.Name}", cancellationToken, "Warning");
        agenda.At(clock.GetUtcNow() + wait, token => StartAsync(uid, token));
    }

    private StoredObject? Current(string uid) => _pods.ContainsKey(uid) && view.Pods.FirstOrDefault(pod => pod.Uid == uid) is { } pod && !PodFacts.IsEnding(pod) ? pod : null;

    private Actor Actor(StoredObject pod) => cast.Kubelets.GetValueOrDefault(pod.Value.Text("spec.nodeName")) ?? cast.Kubelets.Values.First();

    private Task PatchAsync(StoredObject pod, JsonObject status, CancellationToken cancellationToken) =>
        Actor(pod).PatchAsync($"{PathOf(pod)}/status", new JsonObject { ["status"] = status }, cancellationToken);

    private Task RecordAsync(StoredObject pod, string reason, string message, CancellationToken cancellationToken, string type = "Normal") =>
        events.RecordAsync(Actor(pod), "kubelet", "v1", "Pod", pod, reason, message, cancellationToken, type);

    private static string PathOf(StoredObject pod) => $"/api/v1/namespaces/{pod.Namespace}/pods/{pod.Name}";

    private TimeSpan Between(double least, double most) => TimeSpan.FromSeconds(least + (random.NextDouble() * (most - least)));
}
