namespace KubeLens.Gateway.Normalize;

/// <summary>
/// What a request means to the apiserver: the fields of its own <c>RequestInfo</c>
/// (kubernetes/kubernetes, staging/src/k8s.io/apiserver/pkg/endpoints/request/requestinfo.go), all from the decoded path.
/// Absent text is empty, never null.
/// </summary>
internal sealed record RequestInfo
{
    /// <summary>False for <c>/healthz</c>, discovery and everything else outside <c>/api</c> and <c>/apis</c>.</summary>
    public bool IsResourceRequest { get; init; }

    /// <summary><c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c>, <c>deletecollection</c>, <c>proxy</c>; the lower-case method of a non-resource request; empty for a method without a verb.</summary>
    public string Verb { get; init; } = "";

    public string ApiPrefix { get; init; } = "";
    public string ApiGroup { get; init; } = "";
    public string ApiVersion { get; init; } = "";
    public string Namespace { get; init; } = "";
    public string Resource { get; init; } = "";
    public string Subresource { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>The first <c>fieldSelector</c>, unescaped but not parsed; only of list, watch and deletecollection.</summary>
    public string FieldSelector { get; init; } = "";

    /// <inheritdoc cref="FieldSelector"/>
    public string LabelSelector { get; init; } = "";

    /// <summary>Decoded; as sent when it cannot be decoded.</summary>
    public string Path { get; init; } = "";

    /// <summary>The path from the resource on.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>May take as long as the client likes: watch, exec, attach, portforward, proxy, followed logs, profiles.</summary>
    public bool IsLongRunning { get; init; }

    /// <summary>The node behind <c>nodes/{n}/proxy</c>, without scheme and port.</summary>
    public string Node { get; init; } = "";

    /// <summary>What the kubelet would ask its authorizer for the proxied path; null when the call does not go to a kubelet.</summary>
    public KubeletAttributes? Kubelet { get; init; }
}
