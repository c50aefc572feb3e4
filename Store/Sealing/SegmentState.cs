namespace KubeLens.Store.Sealing;

/// <summary>Which table answers for the hour of a segment. The numbers are stored: never renumber.</summary>
internal enum SegmentState : short
{
    /// <summary>The hour takes no more calls, and its leaf answers; late ones go to the overflow table.</summary>
    Closed = 1,

    /// <summary>The chunks answer, and the leaf no longer, though it is still there for whoever began to read before.</summary>
    Sealed = 2,

    /// <summary>The leaf is gone; late calls make a new one.</summary>
    Alone = 3,
}
