namespace KubeLens.AppHost.Processes;

/// <summary>
/// Everything stops within ten seconds. Each process, one after another, may take half of what is left, the last all of it:
/// one that hangs leaves enough to those after it.
/// </summary>
internal sealed class StopBudget(TimeProvider time)
{
    public static readonly TimeSpan Whole = TimeSpan.FromSeconds(10);

    private readonly long _began = time.GetTimestamp();

    public TimeSpan Share(bool last)
    {
        var left = Whole - time.GetElapsedTime(_began);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : last ? left : left / 2;
    }
}
