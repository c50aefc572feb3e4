using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Delivery;

/// <summary>A batch under way: encoded, compressed and marked in the spool.</summary>
/// <param name="Mark">Its id, day and members.</param>
/// <param name="Calls">Records in it; fewer than members when damage or the pressure policy took some.</param>
/// <param name="Runs">How far each segment is delivered once the batch is answered, in order.</param>
/// <param name="Body">An <c>ExportLogsServiceRequest</c>, gzip.</param>
/// <param name="Oldest">When its first call was read from the spool (or, from an earlier boot, when the segment was made).</param>
internal sealed record Batch(PlacedMark Mark, int Calls, IReadOnlyList<Batch.Run> Runs, ReadOnlyMemory<byte> Body, DateTimeOffset Oldest)
{
    public long Id => Mark.Mark.BatchId;

    internal readonly record struct Run(Segment Segment, int End, int Calls);
}
