namespace KubeLens.Store.Search.Content;

/// <summary>How much may still be looked into for one answer.</summary>
internal sealed class ContentBudget(TimeProvider time, TimeSpan whole, long bytes = long.MaxValue)
{
    private readonly long _started = time.GetTimestamp();
    private readonly long _bytes = bytes;

    /// <summary>For one page of a search.</summary>
    /// <param name="options">Its limits.</param>
    /// <param name="time">Of the Store.</param>
    /// <param name="whole">How long it may take; <c>Search:BodyMilliseconds</c> when null.</param>
    public static ContentBudget Of(SearchOptions options, TimeProvider time, TimeSpan? whole = null) => new(time, whole ?? TimeSpan.FromMilliseconds(options.BodyMilliseconds), (long)options.BodyMegabytes << 20);

    /// <summary>Negative when it is spent.</summary>
    public TimeSpan Left => whole - time.GetElapsedTime(_started);

    public bool IsSpent => Spent >= _bytes || Left <= TimeSpan.Zero;

    /// <summary>Bytes that were decompressed.</summary>
    public long Spent { get; private set; }

    public void Spend(long some) => Spent += some;
}
