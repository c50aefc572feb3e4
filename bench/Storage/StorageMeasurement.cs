namespace KubeLens.Bench.Storage;

/// <summary>The same calls in several forms.</summary>
/// <param name="Calls">How many.</param>
/// <param name="BodyBytes">In their bodies, all together.</param>
/// <param name="NdjsonBytes">As audit lines with headers.</param>
/// <param name="GzipBytes">Those lines through gzip -6, as one file.</param>
/// <param name="HotRowBytes">Rows and their indexes.</param>
/// <param name="HotPackBytes">Headers and bodies with their indexes.</param>
/// <param name="OtherBytes">Dictionary, ledger and rollups with their indexes, whatever becomes of the calls.</param>
/// <param name="SealedRowBytes">Chunks and segments with their indexes, once all hours are sealed.</param>
/// <param name="SealedPackBytes">Headers and bodies of those.</param>
/// <param name="IngestSeconds">From decoded requests to commits, one request after the other.</param>
/// <param name="SealingSeconds">With a whole processor.</param>
/// <param name="SealingPeakBytes">Of memory of the whole process, generator included, while it sealed.</param>
/// <param name="SealingStartBytes">The same before.</param>
internal sealed record StorageMeasurement(
    int Calls, long BodyBytes, long NdjsonBytes, long GzipBytes, long HotRowBytes, long HotPackBytes, long OtherBytes, long SealedRowBytes, long SealedPackBytes,
    double IngestSeconds, double SealingSeconds, long SealingPeakBytes, long SealingStartBytes)
{
    public double PerCall(long bytes) => (double)bytes / Calls;

    /// <summary>All that is left when the hours are sealed.</summary>
    public long SealedBytes => SealedRowBytes + SealedPackBytes + OtherBytes;

    public long HotBytes => HotRowBytes + HotPackBytes + OtherBytes;
}
