using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Pods.Logs;

/// <summary>Plausible lines by the pod's name and age: every few seconds a request served; of a run that failed, why.</summary>
internal sealed class SeededLogSource : ILogSource
{
    private static readonly TimeSpan Slot = TimeSpan.FromSeconds(5);

    // A pod that is weeks old has kept its last hours only, as a node rotates logs.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(6);

    private static readonly string[] Paths = ["/api/v1/orders", "/api/v1/items", "/api/v1/cart", "/healthz", "/api/v1/payments", "/metrics"];

    public IEnumerable<string> Lines(JsonObject pod, string container, DateTimeOffset until)
    {
        var runs = new[] { ContainerRun.Previous(pod, container), ContainerRun.Current(pod, container) };
        var seed = StableHash.Of($"{pod.Text("metadata.namespace")}/{pod.Text("metadata.name")}/{container}");
        return runs.OfType<ContainerRun>().Distinct().SelectMany(run => Lines(run, container, seed, until)).Where(line => line.Time <= until)
            .Select(line => $"{line.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture)} {line.Text}");
    }

    private static IEnumerable<(DateTimeOffset Time, string Text)> Lines(ContainerRun run, string container, ulong seed, DateTimeOffset until)
    {
        var end = run.End is { } ended && ended < until ? ended : until;
        if (run.Failed)
        {
            return [.. Beginning(run, container), (run.Start.AddMilliseconds(410), "level=warn msg=\"database is not reachable, trying again\" attempt=1"), .. Failure(run)];
        }

        var begin = end - run.Start > Kept ? end - Kept : run.Start;
        return [.. begin == run.Start ? Beginning(run, container) : [], .. Requests(seed, begin, end)];
    }

    private static IEnumerable<(DateTimeOffset Time, string Text)> Beginning(ContainerRun run, string container) =>
    [
        (run.Start.AddMilliseconds(12), $"level=info msg=\"{container} starts\" version=1.14.2"),
        (run.Start.AddMilliseconds(131), "level=info msg=\"configuration read\" file=/etc/app/config.yaml"),
    ];

    private static IEnumerable<(DateTimeOffset Time, string Text)> Failure(ContainerRun run) =>
    [
        (run.End!.Value, "level=error msg=\"dial tcp 10.96.0.53:5432: connect: connection refused\""),
        (run.End!.Value, "panic: no database after 5 attempts"),
    ];

    private static IEnumerable<(DateTimeOffset Time, string Text)> Requests(ulong seed, DateTimeOffset begin, DateTimeOffset end)
    {
        for (var slot = begin.Ticks / Slot.Ticks; slot <= end.Ticks / Slot.Ticks; slot++)
        {
            var chance = StableHash.Mix(seed ^ (ulong)slot);
            var time = new DateTimeOffset(slot * Slot.Ticks + (long)(chance % (ulong)Slot.Ticks), TimeSpan.Zero);
            if (time > begin && time <= end)
            {
                var status = (chance >> 20) & 0x7f;
                yield return (time, $"level=info msg=request method=GET path={Paths[(chance >> 32) % (ulong)Paths.Length]} status={(status == 0 ? 500 : status < 4 ? 404 : 200)} duration={2 + ((chance >> 40) & 0x3f)}ms");
            }
        }
    }
}
