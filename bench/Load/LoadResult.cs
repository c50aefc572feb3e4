namespace KubeLens.Bench.Load;

/// <summary>What the loader saw: answered requests, the time it took, and the latencies in microseconds.</summary>
internal sealed record LoadResult(long Requests, TimeSpan Elapsed, double MedianMicroseconds, double P99Microseconds)
{
    public double PerSecond => Requests / Elapsed.TotalSeconds;
}
