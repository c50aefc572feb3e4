namespace KubeLens.Store.Holds;

/// <summary>
/// A call that retention would have dropped and a legal hold keeps has a drop day 4,000 years after its own: no retention comes to it, and the day
/// that it had is not lost. Its pack lies in the partition <c>pack_held</c>, alone, and its row in the overflow table.
/// </summary>
internal static class HeldDays
{
    /// <summary>Of 4,000 years: ten times 400, after which the calendar repeats.</summary>
    public const int Days = 1_460_970;

    private static readonly DateOnly First = new(4000, 1, 1);

    /// <summary>A condition on rows that have a <c>drop_day</c>.</summary>
    public const string NotHeld = "drop_day < '4000-01-01'";

    public static DateOnly Of(DateOnly day) => IsHeld(day) ? day : day.AddDays(Days);

    public static DateOnly Original(DateOnly day) => IsHeld(day) ? day.AddDays(-Days) : day;

    public static bool IsHeld(DateOnly day) => day >= First;
}
