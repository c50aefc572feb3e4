using Microsoft.Extensions.Options;

namespace KubeLens.Store.Ingest;

/// <summary>Bounds how many deliveries are held in memory: some run, some wait, the rest is turned away and counted.</summary>
internal sealed class IngestGate(IOptions<IngestOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _running = new(options.Value.MaxConcurrent);
    private int _admitted;

    /// <summary>Null when there is no room even to wait.</summary>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _admitted) > options.Value.MaxConcurrent + options.Value.MaxWaiting)
        {
            Interlocked.Decrement(ref _admitted);
            return null;
        }

        try
        {
            await _running.WaitAsync(cancellationToken);
            return new Pass(this);
        }
        catch
        {
            Interlocked.Decrement(ref _admitted);
            throw;
        }
    }

    public void Dispose() => _running.Dispose();

    private sealed class Pass(IngestGate gate) : IDisposable
    {
        public void Dispose()
        {
            gate._running.Release();
            Interlocked.Decrement(ref gate._admitted);
        }
    }
}
