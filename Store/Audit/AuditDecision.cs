using KubeLens.Store.Database;

namespace KubeLens.Store.Audit;

/// <summary>What the apiserver noted of a request, from the annotations of its event; interned, since few differ.</summary>
/// <param name="Decision"><c>authorization.k8s.io/decision</c>: <c>allow</c>, or <c>deny</c> for what it calls <c>forbid</c>.</param>
/// <param name="Reason"><c>authorization.k8s.io/reason</c>.</param>
/// <param name="Deprecated"><c>k8s.io/deprecated</c>: the API version is.</param>
/// <param name="RemovedRelease"><c>k8s.io/removed-release</c>: the Kubernetes release that does not have it any more.</param>
/// <param name="Panicked">The event's stage was <c>Panic</c>.</param>
internal sealed record AuditDecision(string Decision, string Reason, bool Deprecated, string RemovedRelease, bool Panicked)
{
    public const string Allow = "allow", Deny = "deny";

    /// <summary>The place of the decision among the parts of a <see cref="DimKind.Decision"/> entry, as SQL counts.</summary>
    public const string DecisionPart = "parts[1]";

    private const string True = "true";

    public static readonly AuditDecision None = new("", "", false, "", false);

    public DimKey ToKey() => new(DimKind.Decision, Reason, Decision, Deprecated ? True : "", RemovedRelease, Panicked ? True : "");

    public static AuditDecision Of(Dim entry) => new(entry.Parts[0], entry.Value, entry.Parts[1].Length > 0, entry.Parts[2], entry.Parts[3].Length > 0);
}
