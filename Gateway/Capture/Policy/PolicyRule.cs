using KubeLens.Gateway.Capture.Sessions.Recording;

namespace KubeLens.Gateway.Capture.Policy;

/// <summary>A rule made ready for the path of the calls. Its count of sampled calls lasts until its settings change.</summary>
/// <param name="key">Where it stands: <c>Capture:Policy:0</c>.</param>
internal sealed class PolicyRule(string key, CaptureLevel level, PolicyRuleOptions options)
{
    private readonly TextPatterns _clusters = new(options.Clusters);
    private readonly TextPatterns _verbs = new(options.Verbs);
    private readonly TextPatterns _groups = new(options.Groups);
    private readonly TextPatterns _users = new(options.Users);
    private readonly TextPatterns _agents = new(options.UserAgents);
    private readonly TextPatterns _apiGroups = new(options.ApiGroups.Select(group => group == "core" ? "" : group));
    private readonly ResourcePatterns _resources = new(options.Resources);
    private readonly TextPatterns _namespaces = new(options.Namespaces);
    private readonly TextPatterns _names = new(options.Names);
    private readonly TextPatterns _paths = new(options.NonResourcePaths);
    private readonly bool _onlyResources = options.ApiGroups.Count + options.Resources.Count + options.Namespaces.Count + options.Names.Count > 0;
    private long _sampled;

    public string Key { get; } = key;

    public CaptureLevel Level { get; } = level;

    /// <summary>What is recorded of a terminal.</summary>
    public RecordingMode Recording { get; } = RecordingModes.Parse(options.Recording) ?? RecordingMode.None;

    /// <summary>One in this many is kept of what may be sampled; 1 for all.</summary>
    public int Sample { get; } = options.Sample;

    public bool Matches(in PolicyCall call) =>
        (call.Info.IsResourceRequest ? _paths.IsEmpty : !_onlyResources)
        && _verbs.Match(call.Info.Verb)
        && _clusters.Match(call.Cluster)
        && (_users.IsEmpty || (call.User.Length > 0 && _users.Match(call.User)))
        && _groups.MatchAny(call.Groups)
        && _agents.Match(call.UserAgent)
        && (call.Info.IsResourceRequest ? MatchesResource(call) : _paths.Match(call.Info.Path));

    /// <summary>Counts one call that may be sampled.</summary>
    /// <returns>Whether it is to be kept: the first, and then every n-th.</returns>
    public bool Takes() => Sample <= 1 || (Interlocked.Increment(ref _sampled) - 1) % Sample == 0;

    private bool MatchesResource(in PolicyCall call) =>
        _apiGroups.Match(call.Info.ApiGroup) && _resources.Match(call.Info) && _namespaces.Match(call.Info.Namespace) && _names.Match(call.Info.Name);
}
