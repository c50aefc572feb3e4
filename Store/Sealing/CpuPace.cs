using Microsoft.Extensions.Options;

namespace KubeLens.Store.Sealing;

/// <summary>Keeps sealing to its share of a processor: after each piece of work it rests in proportion.</summary>
internal sealed class CpuPace(TimeProvider time, IOptions<SealingOptions> options)
{
    private const int Whole = 100;

    /// <param name="since">A timestamp from before the piece of work.</param>
    public Task RestAsync(long since, CancellationToken cancellationToken)
    {
        var percent = options.Value.CpuPercent;
        return percent >= Whole ? Task.CompletedTask : Task.Delay(time.GetElapsedTime(since) * (Whole - percent) / percent, time, cancellationToken);
    }
}
