using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Redact;

/// <summary>A body that may be stored.</summary>
/// <param name="Body">What is kept, and why not all.</param>
/// <param name="Reason">The <c>reason</c> of a <c>Status</c> answer, also where the body itself is not kept; else empty.</param>
internal sealed record RedactedBody(CallBody Body, string Reason);
