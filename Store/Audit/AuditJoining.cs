using KubeLens.Store.Database;

namespace KubeLens.Store.Audit;

/// <summary>What became of some events.</summary>
/// <param name="Joined">Events that are now part of their call.</param>
/// <param name="Repeated">Events that a call has already.</param>
/// <param name="Left">Those without a call that agrees.</param>
/// <param name="Known">Stored calls with the audit-ids of all of them.</param>
internal sealed record AuditJoining(int Joined, int Repeated, IReadOnlyList<WaitingEvent> Left, ILookup<Guid, (Call Row, AuditedCall Call)> Known);
