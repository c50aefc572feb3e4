namespace KubeLens.Store.Tests;

/// <summary>The time of another day, at which pauses still pass: a Store tries again after some, and waits for ever on a clock that stands.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    private TimeSpan _by = by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _by;

    public void Advance(TimeSpan by) => _by += by;
}
