namespace KubeLens.Gateway.Normalize;

/// <summary>A kubelet call as its authorizer sees it: resource <c>nodes</c>, no namespace, the node's name.</summary>
/// <param name="Verb">From the method; empty for one without a verb.</param>
/// <param name="Path">What the kubelet is asked for, with its leading slash.</param>
/// <param name="Subresource">Asked first.</param>
/// <param name="Fallback"><c>proxy</c> where the fine-grained subresource is tried first (KEP-2862), else empty.</param>
internal sealed record KubeletAttributes(string Verb, string Path, string Subresource, string Fallback);
