using KubeLens.Store.Database;
using KubeLens.Store.Rollups;

namespace KubeLens.Store.Audit;

/// <summary>What an event changes of a stored call.</summary>
/// <param name="Call">As it was found.</param>
/// <param name="Event">Key of the event.</param>
/// <param name="UserId">The user that the apiserver saw.</param>
/// <param name="ImpersonatedUserId">Whom that user acted as.</param>
/// <param name="DecisionId">What was decided.</param>
/// <param name="Note">The rest of what the event adds.</param>
internal sealed record AuditChange(Call Call, Guid Event, int UserId, int ImpersonatedUserId, int DecisionId, AuditNote Note)
{
    /// <summary>What it changes of what is counted.</summary>
    public IEnumerable<RollupChange> Counts => Call.UserId == UserId ? [] : [RollupChange.Of(Call) with { Calls = -1 }, RollupChange.Of(Call) with { UserId = UserId }];

    /// <summary>Whether it changes what is known of who used what.</summary>
    public bool ChangesAccess => Call.Segment != 0 && (Call.UserId, Call.ImpersonatedUserId) != (UserId, ImpersonatedUserId);

    /// <summary>Changes a sealed call.</summary>
    /// <returns>False for one that has an event by now.</returns>
    public bool Apply(Call sealedCall)
    {
        if (sealedCall.AuditedAt is not null)
        {
            return false;
        }

        (sealedCall.UserId, sealedCall.ImpersonatedUserId, sealedCall.DecisionId, sealedCall.AuditedAt) = (UserId, ImpersonatedUserId, DecisionId, Note.ReceivedAt);
        sealedCall.Flags |= Note.Flags;
        return true;
    }
}
