namespace KubeLens.Store.Partitions;

/// <summary>Section <c>Partitions</c>.</summary>
internal sealed class PartitionOptions
{
    public const string Section = "Partitions";

    /// <summary>How many hours ahead of now call partitions are made.</summary>
    public int AheadHours { get; set; } = 3;

    /// <summary>How late a call may come and still get its hour; older ones go to the overflow table.</summary>
    public int LateDays { get; set; } = 30;
}
