namespace KubeLens.Contracts.Calls;

/// <summary>Where a call stands in delivery. The ledger stores each (batch, ordinal) once.</summary>
/// <param name="BatchId">Positive, unique across gateways and boots.</param>
/// <param name="Ordinal">0-based place in the batch, below <paramref name="BatchSize"/>.</param>
/// <param name="BatchSize">Calls in the batch, 1 to <see cref="MaxBatchSize"/>.</param>
/// <param name="BatchDay">The batch's own creation day (UTC); part of the ledger's key.</param>
public sealed record CallPosition(long BatchId, int Ordinal, int BatchSize, DateOnly BatchDay)
{
    /// <summary>The most calls a batch may hold.</summary>
    public const int MaxBatchSize = 8192;
}
