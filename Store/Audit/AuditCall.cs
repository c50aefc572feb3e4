using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;

namespace KubeLens.Store.Audit;

/// <summary>A call that no gateway recorded, as far as its event tells of it.</summary>
internal static class AuditCall
{
    public static CallRecord Of(AuditEvent told)
    {
        var impersonated = told.ImpersonatedUser.Length > 0;
        return new CallRecord
        {
            Time = new DateTimeOffset(told.StageAt, TimeSpan.Zero),
            LatencyUs = Math.Max(0, (told.StageAt - told.ReceivedAt).Ticks / TimeSpan.TicksPerMicrosecond),
            Outcome = told.Stage == AuditStage.ResponseComplete ? CallOutcome.Completed : CallOutcome.UpstreamFailed,
            Cluster = told.Cluster,
            User = told.User,
            Groups = told.Groups,
            UserSource = AuditNote.UserSource,
            ImpersonatedUser = impersonated ? told.ImpersonatedUser : "",
            Verb = told.Verb,
            ApiPrefix = told.Resource.Length == 0 ? "" : told.Target.Path.StartsWith("/apis/", StringComparison.Ordinal) ? "apis" : "api",
            ApiGroup = told.ApiGroup,
            ApiVersion = told.ApiVersion,
            Resource = told.Resource,
            Subresource = told.Subresource,
            Namespace = told.Namespace,
            Name = told.Name,
            AuditId = told.Id ?? Guid.Empty,
            ClientAuditId = told.Id is null ? told.AuditId : "",
            Reason = told.Reason,
            Path = told.Target.Path,
            Query = told.Target.Query,
            Status = told.Code,
            UserAgent = told.UserAgent,
            SourceIp = told.Peer,
        };
    }

    public static AuditNote NoteOf(AuditEvent told, bool conflict) => AuditNote.Of(told, CallFlags.FromAudit | (conflict ? CallFlags.Conflict : CallFlags.Bypass));
}
