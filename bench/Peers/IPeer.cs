using KubeLens.Bench.Load;

namespace KubeLens.Bench.Peers;

/// <summary>Something between the loader and the upstream that records what passes.</summary>
internal interface IPeer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Version, and what is recorded how.</summary>
    string Description { get; }

    Endpoint Endpoint { get; }

    /// <summary>The root of its processes; null where none is its own.</summary>
    int? ProcessId { get; }

    /// <summary>Returns when it has recorded as many calls as were answered since the start; fails if it never does.</summary>
    Task DrainAsync(long answered, CancellationToken cancellationToken);
}
