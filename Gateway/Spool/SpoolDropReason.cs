namespace KubeLens.Gateway.Spool;

/// <summary>Why something did not come through the spool; the metric's <c>reason</c>.</summary>
internal enum SpoolDropReason
{
    /// <summary><c>Spool:MaxBytes</c> is reached.</summary>
    Full,

    /// <summary>Bodies only: the spool is filling up and bodies give way first.</summary>
    Pressure,

    /// <summary>Larger than a segment.</summary>
    TooLarge,

    /// <summary>The disk takes no further segment (full, read-only), or did not in time.</summary>
    Unwritable,

    /// <summary>The oldest segment gave way.</summary>
    Oldest,

    /// <summary>Before the spool was opened or after it was closed.</summary>
    Closed,
}
