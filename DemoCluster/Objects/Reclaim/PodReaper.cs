using System.Collections.Concurrent;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects.Reclaim;

/// <summary>Stands in for the kubelet of a pod that was told to end: removes it a moment later.</summary>
internal sealed class PodReaper(ObjectStore store, TimeProvider time) : IDisposable
{
    /// <summary>Well-behaved processes do not use up their grace period.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private static readonly ResourceKind Pods = ResourceKinds.Named("Pod");
    private readonly ConcurrentDictionary<string, ITimer> _timers = new();

    public void Attach() => store.Marked += OnMarked;

    public void Dispose()
    {
        foreach (var timer in _timers.Values)
        {
            timer.Dispose();
        }
    }

    private void OnMarked(StoredObject marked)
    {
        if (marked.Storage.StorageKey != Pods.StorageKey)
        {
            return;
        }

        var grace = TimeSpan.FromSeconds(marked.Value.Number("metadata.deletionGracePeriodSeconds") ?? 0);
        var timer = time.CreateTimer(_ => Reap(marked), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_timers.TryAdd(marked.Uid, timer))
        {
            timer.Change(grace < Longest ? grace : Longest, Timeout.InfiniteTimeSpan);
        }
        else
        {
            timer.Dispose();
        }
    }

    private void Reap(StoredObject marked)
    {
        if (_timers.TryRemove(marked.Uid, out var timer))
        {
            timer.Dispose();
        }

        try
        {
            store.Delete(Pods, marked.Namespace, marked.Name, new DeleteOptions { Uid = marked.Uid, GracePeriodSeconds = 0 });
        }
        catch (Api.ApiException gone) when (gone.Code is 404 or 409)
        {
            // Deleted with force, or another of that name has taken its place.
            return;
        }
    }
}
