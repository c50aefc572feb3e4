using System.Net;
using KubeLens.Bench.Load;
using KubeLens.Bench.Measure;
using KubeLens.Bench.Peers;
using KubeLens.Bench.Pki;
using KubeLens.Bench.Upstream;

namespace KubeLens.Bench;

/// <summary>
/// Holds watches through the gateway and looks at its memory when they are idle: each has had one event, the heap has been collected, and what is
/// no longer used had time to go back. Then every watch gets an event at the same time.
/// </summary>
internal sealed class WatchBenchmark(BenchOptions options, TimeProvider time)
{
    private const int Events = 5;

    public async Task<IReadOnlyList<WatchMeasurement>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("kubelens-bench-").FullName;
        try
        {
            var pki = new BenchPki(folder, time);
            var measurements = new List<WatchMeasurement>();
            foreach (var (version, count) in options.Counts.Select(count => (HttpVersion.Version20, count)).Append((HttpVersion.Version11, Math.Max(10, options.Counts.Max() / 10))))
            {
                // A process for each: what an earlier number left behind would hide what this one takes.
                var measurement = await MeasureAsync(Path.Combine(folder, $"{measurements.Count}"), pki, version, count, cancellationToken);
                Console.Error.WriteLine(measurement);
                measurements.Add(measurement);
            }

            return measurements;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<WatchMeasurement> MeasureAsync(string folder, BenchPki pki, Version version, int count, CancellationToken cancellationToken)
    {
        await using var upstream = await WatchUpstream.StartAsync(pki.Server, cancellationToken);
        await using var gateway = await GatewayPeer.StartAsync(folder, upstream.Address, pki, options.Workers, time, cancellationToken);
        await WarmAsync(gateway, version, upstream, cancellationToken);
        var idle = await SettledAsync(gateway, cancellationToken);

        ProcessMemory opened, holding;
        (double Median, double Last) through, direct;
        using (var fleet = new WatchFleet(gateway.Endpoint, version, time))
        {
            await fleet.OpenAsync(count, cancellationToken);
            opened = ProcessMemory.Of(gateway.ProcessId!.Value);
            holding = await SettledAsync(gateway, cancellationToken);
            through = await DeliverAsync(fleet, upstream, cancellationToken);
        }

        using (var fleet = new WatchFleet(new Endpoint(upstream.Address, pki.Authority, null), version, time))
        {
            await fleet.OpenAsync(count, cancellationToken);
            direct = await DeliverAsync(fleet, upstream, cancellationToken);
        }

        return new WatchMeasurement(
            version.Major == 2 ? "2" : "1.1",
            count,
            (holding.Resident - idle.Resident) / count,
            (holding.Private - idle.Private) / count,
            (opened.Resident - idle.Resident) / count,
            through.Median,
            through.Last,
            direct.Median,
            direct.Last);
    }

    // The code is compiled and the pools are filled: that is a matter of the process, not of a watch.
    private async Task WarmAsync(GatewayPeer gateway, Version version, WatchUpstream upstream, CancellationToken cancellationToken)
    {
        for (var round = 0; round < 3; round++)
        {
            using var fleet = new WatchFleet(gateway.Endpoint, version, time);
            await fleet.OpenAsync(50, cancellationToken);
            await fleet.DeliverAsync(upstream, cancellationToken);
        }
    }

    private static async Task<ProcessMemory> SettledAsync(GatewayPeer gateway, CancellationToken cancellationToken)
    {
        for (var times = 0; times < 3; times++)
        {
            await HeapCollection.InduceAsync(gateway.ProcessId!.Value, cancellationToken);
        }

        return ProcessMemory.Of(gateway.ProcessId!.Value);
    }

    private static async Task<(double Median, double Last)> DeliverAsync(WatchFleet fleet, WatchUpstream upstream, CancellationToken cancellationToken)
    {
        var rounds = new List<IReadOnlyList<double>>();
        for (var i = 0; i < Events; i++)
        {
            rounds.Add(await fleet.DeliverAsync(upstream, cancellationToken));
        }

        // The middle one of the rounds, by its last arrival.
        var middle = rounds.OrderBy(arrivals => arrivals[^1]).ElementAt(Events / 2);
        return (middle[middle.Count / 2], middle[^1]);
    }
}
