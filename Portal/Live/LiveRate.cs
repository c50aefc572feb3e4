namespace KubeLens.Portal.Live;

/// <summary>How many a second, over the last few seconds.</summary>
internal sealed class LiveRate(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Queue<(long At, long Total)> _marks = new([(clock.GetTimestamp(), 0)]);

    /// <param name="total">All so far.</param>
    /// <returns>Calls a second.</returns>
    public double Mark(long total)
    {
        var now = clock.GetTimestamp();
        _marks.Enqueue((now, total));
        while (_marks.Count > 2 && clock.GetElapsedTime(_marks.Peek().At, now) > Window)
        {
            _marks.Dequeue();
        }

        var (first, before) = _marks.Peek();
        var seconds = clock.GetElapsedTime(first, now).TotalSeconds;
        return seconds > 0 ? (total - before) / seconds : 0;
    }
}
