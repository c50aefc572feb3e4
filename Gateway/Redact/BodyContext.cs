using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact.Rules;

namespace KubeLens.Gateway.Redact;

/// <summary>Whose body it is.</summary>
/// <param name="Info">Of the request.</param>
/// <param name="Method">As sent.</param>
/// <param name="IsRequest">The request's body, or the response's.</param>
/// <param name="Status">Of the response; 0 when none began.</param>
/// <param name="ContentType">This side's header, parameters included; empty when absent.</param>
/// <param name="ContentEncoding">This side's header; empty when absent.</param>
/// <param name="IsOwn">The gateway's own words: no stream and no credential, whatever the call was for.</param>
/// <param name="Rules">The operator's, which add to the redaction; null where none matches.</param>
internal readonly record struct BodyContext(RequestInfo Info, string Method, bool IsRequest, int Status, string ContentType, string ContentEncoding, bool IsOwn = false, CallRules? Rules = null);
