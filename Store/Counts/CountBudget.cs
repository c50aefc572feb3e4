namespace KubeLens.Store.Counts;

/// <summary>The time that there still is for a count.</summary>
internal sealed class CountBudget(TimeProvider time, TimeSpan whole)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>Negative when it is spent.</summary>
    public TimeSpan Left => whole - time.GetElapsedTime(_started);

    /// <summary>A part of what is left.</summary>
    public CountBudget Share(int parts) => new(time, Left / parts);
}
