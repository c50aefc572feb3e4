namespace KubeLens.Store.Sealing;

/// <summary>How closed hours are packed once more. Section <c>Sealing</c>.</summary>
internal sealed class SealingOptions
{
    public const string Section = "Sealing";

    /// <summary>Whether this Store seals. Sealed hours are read in any case.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Minutes after its end when an hour is sealed: most late calls have come by then.</summary>
    public int AfterMinutes { get; set; } = 30;

    /// <summary>Minutes for which the rows of a sealed hour stay beside it: longer than any search that began before may take.</summary>
    public int GraceMinutes { get; set; } = 15;

    /// <summary>Calls that are sorted together; about 1 KB of memory each.</summary>
    public int MaxCalls { get; set; } = 200_000;

    /// <summary>Calls of a chunk, which is what a search reads at once.</summary>
    public int ChunkCalls { get; set; } = 4_096;

    /// <summary>How much of one processor sealing may take, in percent.</summary>
    public int CpuPercent { get; set; } = 50;
}
