using Microsoft.Extensions.Options;

namespace KubeLens.Store.Export;

/// <summary>Bounds how many exports are held in memory. Nobody waits: an export may take hours.</summary>
internal sealed class ExportGate(IOptions<ExportOptions> options)
{
    private int _running;

    /// <summary>Null when there are enough of them already.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _running) <= options.Value.MaxConcurrent)
        {
            return new Pass(this);
        }

        Interlocked.Decrement(ref _running);
        return null;
    }

    private sealed class Pass(ExportGate gate) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref gate._running);
    }
}
