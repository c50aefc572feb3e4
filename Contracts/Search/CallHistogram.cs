namespace KubeLens.Contracts.Search;

/// <summary>How many calls completed when, by what became of them. Calls in flight are not counted.</summary>
/// <param name="From">Start of the range.</param>
/// <param name="To">End of the range, included.</param>
/// <param name="BucketSeconds">Width of a bucket. Buckets begin at whole multiples of it since the Unix epoch.</param>
/// <param name="Buckets">Without gaps from the one that <paramref name="From"/> is in to the one that <paramref name="To"/> is in.</param>
/// <param name="Quality">Of all of them.</param>
public sealed record CallHistogram(DateTimeOffset From, DateTimeOffset To, int BucketSeconds, IReadOnlyList<HistogramBucket> Buckets, CountQuality Quality);

/// <summary>Ended calls of one bucket, each counted once.</summary>
/// <param name="Start">The bucket's first moment; it ends where the next begins.</param>
/// <param name="Ok">Status below 400.</param>
/// <param name="ClientErrors">Status 400 to 499.</param>
/// <param name="ServerErrors">Status 500 and above.</param>
/// <param name="None">No response began.</param>
public sealed record HistogramBucket(DateTimeOffset Start, long Ok, long ClientErrors, long ServerErrors, long None)
{
    public long Calls => Ok + ClientErrors + ServerErrors + None;
}
