using KubeLens.Gateway.Capture.Policy;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact.Rules.Paths;

namespace KubeLens.Gateway.Redact.Rules;

/// <summary>A rule made ready for calls.</summary>
/// <param name="key">Where it stands: <c>Redact:Rules:0</c>.</param>
/// <param name="options">Checked.</param>
/// <param name="paths">States at the beginnings of its paths.</param>
internal sealed class RedactRule(string key, RedactRuleOptions options, PathStates paths)
{
    private readonly TextPatterns _clusters = new(options.Clusters);
    private readonly GroupResource[] _resources = [.. options.Resources.Select(GroupResource.Of)];

    public string Key => key;

    public PathStates Paths => paths;

    /// <summary>Patterns in lower case.</summary>
    public IReadOnlyList<string> Headers { get; } = [.. options.Headers.Select(header => header.ToLowerInvariant())];

    public bool Matches(string cluster, RequestInfo info) => _clusters.Match(cluster) && (_resources.Length == 0 || Array.Exists(_resources, resource => resource.Matches(info)));
}
