using KubeLens.DemoCluster.Api;

namespace KubeLens.DemoCluster.Audit;

/// <summary>The <c>responseStatus</c>: the code, and of a refusal its Status.</summary>
internal sealed record AuditStatus(int Code, string? Status = null, string? Message = null, string? Reason = null)
{
    /// <summary>Always there in a Status, and empty.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public static AuditStatus Of(int code, ApiException? refusal) =>
        refusal is null ? new AuditStatus(code) : new AuditStatus(refusal.Code, "Failure", refusal.Message, refusal.Reason);
}
