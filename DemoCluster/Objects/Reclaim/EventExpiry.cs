using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects.Reclaim;

/// <summary>Removes events an hour after they last happened, as API servers do: a demo that runs for days must not fill the memory.</summary>
internal sealed class EventExpiry(ObjectStore store, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private static readonly ResourceKind Events = ResourceKinds.Named("Event");
    private static readonly string[] Times = ["series.lastObservedTime", "lastTimestamp", "eventTime", "metadata.creationTimestamp"];

    public void Sweep()
    {
        var oldest = time.GetUtcNow() - Lifetime;
        foreach (var stored in store.Revisions.Snapshot(Events).Objects.Values.Where(stored => LastSeen(stored.Value) < oldest))
        {
            try
            {
                store.Delete(Events, stored.Namespace, stored.Name, new DeleteOptions { Uid = stored.Uid });
            }
            catch (Api.ApiException gone) when (gone.Code is 404 or 409)
            {
                continue;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Sweep();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>An event without a readable time stays: it was just made, or is nothing that we know to be old.</summary>
    private static DateTimeOffset LastSeen(JsonObject value) => Times
        .Select(path => DateTimeOffset.TryParse(value.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var seen) ? seen : (DateTimeOffset?)null)
        .Max() ?? DateTimeOffset.MaxValue;
}
