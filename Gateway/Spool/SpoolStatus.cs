namespace KubeLens.Gateway.Spool;

/// <summary>The spool at a glance.</summary>
/// <param name="IsOpen">It takes appends.</param>
/// <param name="IsWritable">The disk took the last segment that was asked of it.</param>
/// <param name="HasRoom">The next call will find room; false means that calls are dropped (or, under strict audit, to be refused).</param>
/// <param name="BodiesGiveWay">Bodies are dropped because the spool fills up.</param>
/// <param name="UndeliveredCalls">Calls that the Store has not answered for.</param>
/// <param name="UndeliveredBytes">What these and their bodies take, as counted by whole segments.</param>
/// <param name="FileBytes">What the segments take on disk.</param>
/// <param name="Segments">Segments in use.</param>
/// <param name="CorruptSegments">Segments whose checksums failed, since the start.</param>
/// <param name="DroppedCalls">Since the start, for whatever reason.</param>
/// <param name="DroppedBodies">Since the start, for whatever reason.</param>
/// <param name="Oldest">When the oldest undelivered call was appended; null when there is none.</param>
internal sealed record SpoolStatus(
    bool IsOpen,
    bool IsWritable,
    bool HasRoom,
    bool BodiesGiveWay,
    long UndeliveredCalls,
    long UndeliveredBytes,
    long FileBytes,
    int Segments,
    int CorruptSegments,
    long DroppedCalls,
    long DroppedBodies,
    DateTimeOffset? Oldest);
