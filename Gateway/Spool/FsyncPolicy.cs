namespace KubeLens.Gateway.Spool;

/// <summary>What a power cut may take. The death of the process takes nothing under any of them.</summary>
internal enum FsyncPolicy
{
    /// <summary>The kernel writes when it likes (Linux: within about 30 s).</summary>
    Never,

    /// <summary>What is older than <see cref="SpoolOptions.FsyncInterval"/> is on the disk.</summary>
    Interval,

    /// <summary>Every append waits for the disk: nothing can be lost, and every call pays for it.</summary>
    Always,
}
