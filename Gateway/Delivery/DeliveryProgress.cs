using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Delivery;

/// <summary>
/// Up to when calls are delivered, for whoever waits for a call that may not come. Delivery keeps the spool's order, so a count of appended calls
/// that was taken at some time, and has been delivered since, says so of that time. For one caller.
/// </summary>
internal sealed class DeliveryProgress(CallSpool spool, TimeProvider clock)
{
    private const int MostLooks = 4096;

    private readonly Queue<(DateTimeOffset At, long Appended)> _looks = new();

    /// <summary>Every call that ended before is delivered or dropped; 1970 while calls of an earlier start are not.</summary>
    public DateTimeOffset Until { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>To be called often: <see cref="Until"/> is as exact as the looks are close.</summary>
    public void Look()
    {
        // In this order: what is appended meanwhile counts as not delivered.
        var now = clock.GetUtcNow();
        var appended = spool.AppendedCalls;
        var delivered = appended - spool.Reader.Undelivered;
        if (_looks.Count < MostLooks)
        {
            _looks.Enqueue((now, appended));
        }

        while (_looks.TryPeek(out var look) && look.Appended <= delivered)
        {
            Until = look.At;
            _looks.Dequeue();
        }
    }
}
