namespace KubeLens.Portal.Compare;

/// <summary>A value that is more or less frequent in a stretch of time than in the rest.</summary>
/// <param name="Value">As the query language names it; empty for calls without one.</param>
/// <param name="Here">In the stretch.</param>
/// <param name="Rest">In the rest.</param>
internal sealed record ValueDifference(string Value, ValueCount Here, ValueCount Rest)
{
    // Of a normal distribution: chance alone does it once in 370 times.
    private const double Deviations = 3;

    // With fewer calls of a value the distribution is not normal.
    private const long Few = 5;

    /// <summary>How much greater its share is here: from 1, all here and none in the rest, to -1. The least that the counts allow.</summary>
    public double Shift { get; } = Here.LeastShare > Rest.MostShare ? Here.LeastShare - Rest.MostShare : Here.MostShare < Rest.LeastShare ? Here.MostShare - Rest.LeastShare : 0;

    /// <summary>Whether it is more than chance does with that few calls.</summary>
    public bool IsBeyondChance
    {
        get
        {
            var (here, rest) = Shift > 0 ? (Here.Least, Rest.Most) : (Here.Most, Rest.Least);
            var together = (double)(here + rest) / Math.Max(1, Here.All + Rest.All);
            var error = Math.Sqrt(together * (1 - together) * ((1.0 / Math.Max(1, Here.All)) + (1.0 / Math.Max(1, Rest.All))));
            return Here.All > 0 && Rest.All > 0 && Math.Max(here, rest) >= Few && error > 0 && Math.Abs(Shift) / error >= Deviations;
        }
    }
}
