using System.Text.Json;
using KubeLens.Gateway.Identity.Reviews;
using KubeLens.Gateway.Identity.Tokens;

namespace KubeLens.Gateway.Identity.Workloads;

/// <summary>
/// Where pods run, for clusters whose tokens do not say it (before 1.29): one GET of the pod with the gateway's own credential.
/// A caller's first call waits for it together with the review of its token, but briefly; what comes later is in the calls after it.
/// A node that cannot be had is not known, and nothing more.
/// </summary>
internal sealed class PodNodes(ReviewClient cluster, TimeProvider clock)
{
    /// <summary>How long the first call with a token waits at most.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(250);

    /// <summary>A pod never moves: only the place that it takes here is bounded.</summary>
    public static readonly TimeSpan Known = TimeSpan.FromHours(1);

    /// <summary>How long a pod is not asked about again that was not found or may not be read.</summary>
    public static readonly TimeSpan Unknown = TimeSpan.FromMinutes(1);

    public const int Capacity = 4096;
    public const int MaxUnderWay = 16;

    private readonly Lock _lock = new();
    private readonly BoundedCache<(string Namespace, string Pod, string Uid), string> _nodes = new(Capacity);
    private int _underWay;

    /// <summary>Completes the workload, now or later. Synchronous where there is nothing to ask.</summary>
    public Task CompleteAsync(Workload workload, CancellationToken cancellationToken)
    {
        if (!workload.LacksNode || workload.Namespace.Length == 0)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            if (_nodes.TryGet(Key(workload), clock.GetUtcNow(), out var node))
            {
                workload.RunsOn(node);
                return Task.CompletedTask;
            }

            if (_underWay == MaxUnderWay)
            {
                IdentityMetrics.PodNotAsked();
                return Task.CompletedTask;
            }

            _underWay++;
        }

        return WaitAsync(AskAsync(workload), cancellationToken);
    }

    private async Task WaitAsync(Task asked, CancellationToken cancellationToken)
    {
        try
        {
            await asked.WaitAsync(Wait, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The call goes on without.
        }
    }

    // Outlives the caller that waits for it; ReviewClient ends it.
    private async Task AskAsync(Workload workload)
    {
        var node = "";
        try
        {
            using var pod = await cluster.ReadAsync("Pod", $"/api/v1/namespaces/{workload.Namespace}/pods/{workload.Pod}", CancellationToken.None);
            node = NodeOf(pod.RootElement, workload.Uid);
        }
        catch (ReviewException)
        {
            // Counted below. Whether the gateway may read pods is its owner's choice.
        }
        finally
        {
            IdentityMetrics.PodAsked(node.Length > 0);
            lock (_lock)
            {
                _underWay--;
                _nodes.Set(Key(workload), node, clock.GetUtcNow() + (node.Length > 0 ? Known : Unknown));
            }

            workload.RunsOn(node);
        }
    }

    /// <summary>Another pod of that name is not the one that calls.</summary>
    private static string NodeOf(JsonElement pod, string uid) =>
        uid.Length == 0 || uid == Text(pod, "metadata", "uid") ? Text(pod, "spec", "nodeName") : "";

    private static string Text(JsonElement pod, string part, string field) =>
        pod.ValueKind == JsonValueKind.Object && pod.TryGetProperty(part, out var inner) && inner.ValueKind == JsonValueKind.Object
        && inner.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static (string Namespace, string Pod, string Uid) Key(Workload workload) => (workload.Namespace, workload.Pod, workload.Uid);
}
