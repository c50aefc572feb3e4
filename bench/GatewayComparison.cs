using KubeLens.Bench.Load;
using KubeLens.Bench.Measure;
using KubeLens.Bench.Peers;
using KubeLens.Bench.Pki;
using KubeLens.Bench.Upstream;

namespace KubeLens.Bench;

/// <summary>
/// All peers run side by side for the whole time. In each round every peer takes every load once, and the order of the peers
/// turns from round to round, so that what happens on the machine meanwhile meets all of them alike.
/// </summary>
internal sealed class GatewayComparison(BenchOptions options, TimeProvider time)
{
    private readonly Dictionary<IPeer, long> _answered = [];

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("kubelens-bench-").FullName;
        var peers = new List<IPeer>();
        try
        {
            var pki = new BenchPki(folder, time);
            await using var upstream = await StaticUpstream.StartAsync(pki.Server, cancellationToken);
            foreach (var name in options.Peers)
            {
                peers.Add(await StartAsync(name, Path.Combine(folder, name), upstream, pki, cancellationToken));
            }

            return await RunRoundsAsync(peers, cancellationToken);
        }
        finally
        {
            foreach (var peer in peers)
            {
                await peer.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<IReadOnlyList<Measurement>> RunRoundsAsync(List<IPeer> peers, CancellationToken cancellationToken)
    {
        var measurements = new List<Measurement>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var peer in peers.Skip(round % peers.Count).Concat(peers.Take(round % peers.Count)))
            {
                foreach (var shape in LoadShape.All)
                {
                    var measurement = await MeasureAsync(round, peer, shape, cancellationToken);
                    if (round > 0)
                    {
                        measurements.Add(measurement);
                        Console.Error.WriteLine(measurement);
                    }
                }
            }
        }

        return measurements;
    }

    /// <summary>Round 0 is the warm-up.</summary>
    private async Task<Measurement> MeasureAsync(int round, IPeer peer, LoadShape shape, CancellationToken cancellationToken)
    {
        using var loader = new Loader(shape, peer.Endpoint, time);
        await loader.ConnectAsync(cancellationToken);
        var before = Usage(peer);
        var load = await loader.RunAsync(round == 0 ? options.WarmUp : options.Duration, cancellationToken);

        // What recording still costs after the last answer counts too.
        _answered[peer] = _answered.GetValueOrDefault(peer) + load.Requests + shape.Connections;
        await peer.DrainAsync(_answered[peer], cancellationToken);
        var after = Usage(peer);
        return new Measurement(round, peer.Name, peer.Description, shape, load, after?.CpuSeconds - before?.CpuSeconds, after?.PeakMebibytes);
    }

    private static ProcessUsage? Usage(IPeer peer) => peer.ProcessId is { } id ? ProcessUsage.Of(id) : null;

    private async Task<IPeer> StartAsync(string name, string folder, StaticUpstream upstream, BenchPki pki, CancellationToken cancellationToken) => name switch
    {
        "nginx" => await NginxPeer.StartAsync(folder, upstream.Address, pki, options.Workers, time, cancellationToken),
        "gateway" => await GatewayPeer.StartAsync(folder, upstream.Address, pki, options.Workers, time, cancellationToken),
        _ => new DirectPeer(new Endpoint(upstream.Address, pki.Authority, null)),
    };
}
