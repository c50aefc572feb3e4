namespace KubeLens.Gateway.Capture.Policy;

/// <summary>
/// One rule of <c>Capture:Policy</c> or of a cluster's own <c>Policy</c>. A list that is left out matches every call; of one that
/// is there, one entry must match. <c>*</c> in an entry stands for any characters. Upper and lower case differ, as in Kubernetes.
/// </summary>
internal sealed class PolicyRuleOptions
{
    /// <summary>What is kept of the calls that it matches: <c>none</c>, <c>metadata</c>, <c>request</c> or <c>request-response</c>.</summary>
    public string Level { get; set; } = "";

    /// <summary>Names of clusters, as in records. Not in a cluster's own rules.</summary>
    public IList<string> Clusters { get; } = [];

    /// <summary><c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c>, <c>deletecollection</c>, <c>proxy</c>, and the lower-case methods of paths that are no resources.</summary>
    public IList<string> Verbs { get; } = [];

    /// <summary><c>apps</c>, <c>*.example.com</c>; the core group is <c>core</c> or empty.</summary>
    public IList<string> ApiGroups { get; } = [];

    /// <summary><c>pods</c> (none of its subresources), <c>pods/exec</c>, <c>pods/*</c>, <c>*/status</c>; <c>*</c> for every resource and subresource.</summary>
    public IList<string> Resources { get; } = [];

    /// <summary>Of the path; an empty entry is a call that names none.</summary>
    public IList<string> Namespaces { get; } = [];

    /// <summary>Of the path or of <c>fieldSelector=metadata.name=…</c>; a create names none.</summary>
    public IList<string> Names { get; } = [];

    /// <summary>Whom the apiserver sees: the record's <c>user</c>.</summary>
    public IList<string> Users { get; } = [];

    /// <summary>Of that user; one group must match one entry.</summary>
    public IList<string> Groups { get; } = [];

    /// <summary>The whole header. Callers choose it freely: see <c>docs/capture-policy.md</c>.</summary>
    public IList<string> UserAgents { get; } = [];

    /// <summary>Paths outside the resources: <c>/healthz*</c>, <c>/openapi/*</c>. Not together with what only resources have.</summary>
    public IList<string> NonResourcePaths { get; } = [];

    /// <summary>Keep one in this many of the successful <c>get</c> and <c>list</c> calls that it matches; the others are counted. 1, the default: all of them.</summary>
    public int Sample { get; set; } = 1;

    /// <summary>What is recorded of the terminal of an exec or attach that it matches: <c>none</c>, the default, <c>output</c> or <c>input-and-output</c>. Never of a port-forward.</summary>
    public string Recording { get; set; } = "";

    /// <summary>Every list with its key.</summary>
    public IEnumerable<(string Key, IList<string> Entries)> Lists() =>
    [
        (nameof(Clusters), Clusters), (nameof(Verbs), Verbs), (nameof(ApiGroups), ApiGroups), (nameof(Resources), Resources), (nameof(Namespaces), Namespaces),
        (nameof(Names), Names), (nameof(Users), Users), (nameof(Groups), Groups), (nameof(UserAgents), UserAgents), (nameof(NonResourcePaths), NonResourcePaths),
    ];
}
