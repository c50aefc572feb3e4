using KubeLens.Store.Ingest;

namespace KubeLens.Store.Arrivals;

/// <summary>Calls of one batch that one transaction stored.</summary>
/// <param name="Transaction">Its id, which is never given twice by a database server.</param>
/// <param name="BatchId">Of the calls.</param>
/// <param name="Ordinals">Which of the batch; others may have come before, or come later.</param>
/// <param name="Calls">How many.</param>
/// <param name="Oldest">Completion time of the first, UTC.</param>
/// <param name="Newest">Completion time of the last, UTC.</param>
internal sealed record Arrival(ulong Transaction, long BatchId, OrdinalSet Ordinals, int Calls, DateTime Oldest, DateTime Newest);
