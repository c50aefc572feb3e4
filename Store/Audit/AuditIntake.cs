namespace KubeLens.Store.Audit;

/// <summary>Takes events in: folded, kept, and joined where their call is there already.</summary>
internal sealed class AuditIntake(AuditTable table, AuditJoiner joiner, StoreMetrics metrics)
{
    /// <summary>Returns when nothing of them can be lost any more.</summary>
    public async Task<AuditTaken> TakeAsync(IReadOnlyCollection<AuditEvent> events, CancellationToken cancellationToken)
    {
        var added = await table.AddAsync(events, cancellationToken);
        metrics.AuditTaken(events.Count);
        var joining = added.Count > 0 ? await joiner.JoinAsync(added, due: false, cancellationToken) : null;
        return new AuditTaken(events.Count, added.Count - (joining?.Repeated ?? 0), joining?.Joined ?? 0);
    }
}

/// <summary>What became of some events.</summary>
/// <param name="Events">How many there were.</param>
/// <param name="Requests">Requests that they told something new of.</param>
/// <param name="Joined">Of those, joined with their call.</param>
internal sealed record AuditTaken(int Events, int Requests, int Joined);
