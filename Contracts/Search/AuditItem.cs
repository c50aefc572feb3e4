namespace KubeLens.Contracts.Search;

/// <summary>What the apiserver's own audit event says of a call. Absent text is empty.</summary>
/// <param name="ReceivedAt">When the apiserver received the request, by its clock.</param>
/// <param name="Decision"><c>allow</c> or <c>deny</c>, of <c>authorization.k8s.io/decision</c>.</param>
/// <param name="Reason">Of <c>authorization.k8s.io/reason</c>.</param>
/// <param name="Deprecated">Of <c>k8s.io/deprecated</c>: the API version is.</param>
/// <param name="RemovedRelease">Of <c>k8s.io/removed-release</c>: the Kubernetes release that does not have it any more.</param>
/// <param name="Panicked">The apiserver's handler did.</param>
public sealed record AuditItem(DateTimeOffset ReceivedAt, string Decision, string Reason, bool Deprecated, string RemovedRelease, bool Panicked);
