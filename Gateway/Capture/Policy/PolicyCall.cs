using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Capture.Policy;

/// <summary>What a rule looks at.</summary>
/// <param name="User">Whom the apiserver sees; empty when it cannot be known.</param>
internal readonly record struct PolicyCall(string Cluster, RequestInfo Info, string User, IReadOnlyList<string> Groups, string UserAgent);
