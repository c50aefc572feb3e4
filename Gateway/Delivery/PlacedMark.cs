using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Delivery;

/// <summary>A mark and where it is written: that slot is taken until the batch is answered.</summary>
internal sealed record PlacedMark(BatchMark Mark, Segment Segment, int Slot);
