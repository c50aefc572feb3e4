namespace KubeLens.Bench.Capture;

/// <summary>Medians of the rounds, for one call (or one event of a watch).</summary>
/// <param name="Name">Of the case.</param>
/// <param name="WireBytes">Of the body as it passed.</param>
/// <param name="RecordBytes">Of the record that came of it.</param>
/// <param name="Microseconds">Of one thread.</param>
/// <param name="AllocatedBytes">On the managed heap.</param>
/// <param name="ReadMicroseconds">The same thread reading the same bytes once, token by token, in the same round: the least that whoever looks into JSON pays. Null where there is none.</param>
internal sealed record CaptureMeasurement(string Name, int WireBytes, int RecordBytes, double Microseconds, double AllocatedBytes, double? ReadMicroseconds);
