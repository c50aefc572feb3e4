using KubeLens.Bench.Load;

namespace KubeLens.Bench.Peers;

/// <summary>The upstream itself: no peer, but the ceiling of loader and upstream.</summary>
internal sealed class DirectPeer(Endpoint upstream) : IPeer
{
    public string Name => "direct";

    public string Description => "the loader straight at the upstream, both in one process: their ceiling, not a peer";

    public Endpoint Endpoint => upstream;

    public int? ProcessId => null;

    public Task DrainAsync(long answered, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
