using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Redact;

/// <summary>A body that may be stored.</summary>
/// <param name="Body">What is kept, and why not all.</param>
/// <param name="Head">Names and reason at its top, for <see cref="ContentFacts"/>; of a body that is not kept by policy what is harmless.</param>
internal sealed record RedactedBody(CallBody Body, ObjectHead Head);
