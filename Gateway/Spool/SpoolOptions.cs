namespace KubeLens.Gateway.Spool;

/// <summary>The durable queue between the gateway and the Store.</summary>
internal sealed class SpoolOptions
{
    public const string Section = "Spool";

    /// <summary>The configuration key of <see cref="OnPressure"/>, which belongs to what is captured.</summary>
    public const string OnPressureKey = "Capture:OnPressure";

    /// <summary>A folder for this gateway alone, made (0700) when absent. Default: <c>spool</c> in <c>Gateway:Home</c>.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Size of a segment file, and so a limit to one record or its bodies. Default 16 MiB.</summary>
    public int SegmentBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>What all segments may take on disk, the three made ahead included. Default 1 GiB.</summary>
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>When what was appended is forced to the disk. Default <see cref="FsyncPolicy.Interval"/>.</summary>
    public FsyncPolicy Fsync { get; set; } = FsyncPolicy.Interval;

    /// <summary>How often, under <see cref="FsyncPolicy.Interval"/>. Default 1 s.</summary>
    public TimeSpan FsyncInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a start waits for a predecessor to let go of the folder. Default 5 s.</summary>
    public TimeSpan LeaseWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What gives way when the spool fills up; key <c>Capture:OnPressure</c>. Default <see cref="PressurePolicy.DropBodies"/>.</summary>
    public PressurePolicy OnPressure { get; set; } = PressurePolicy.DropBodies;
}
