namespace KubeLens.Gateway.Spool;

/// <summary>What a frame holds. The numbers are on disk: never renumber.</summary>
internal enum FrameKind : byte
{
    /// <summary>The record of a call.</summary>
    Call = 1,

    /// <summary>A call whose <see cref="Bodies"/> frame is to follow.</summary>
    CallWithBodies = 2,

    /// <summary>A fragment to be concatenated to its call.</summary>
    Bodies = 3,
}
