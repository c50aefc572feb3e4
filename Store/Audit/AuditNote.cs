using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;

namespace KubeLens.Store.Audit;

/// <summary>What an event adds to the row of a call.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="ReceivedAt">When the apiserver received the request.</param>
/// <param name="Flags">To be set.</param>
internal sealed record AuditNote(DimKey Decision, DateTime ReceivedAt, CallFlags Flags)
{
    /// <summary>The source of a user that the apiserver told.</summary>
    public const string UserSource = "audit";

    /// <param name="told">The event.</param>
    /// <param name="more">Flags beside those that the event itself asks for.</param>
    public static AuditNote Of(AuditEvent told, CallFlags more = CallFlags.None) =>
        new(told.Decision.ToKey(), told.ReceivedAt, more | CallFlags.Audited | (told.Decision.Deprecated ? CallFlags.Deprecated : CallFlags.None));

    /// <summary>The call with the user that the apiserver saw.</summary>
    public static CallRecord Apply(AuditEvent told, CallRecord call)
    {
        var (user, groups, impersonated) = AuditUsers.Of(told, AuditedCall.Of(call));
        return call with { User = user, Groups = groups, ImpersonatedUser = impersonated, UserSource = UserSource };
    }
}
