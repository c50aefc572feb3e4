namespace KubeLens.Gateway.Identity.Workloads;

/// <summary>What a caller runs as. Text that is not known is empty.</summary>
/// <param name="ns">Of the pod.</param>
/// <param name="pod">The pod that the caller's token is bound to.</param>
/// <param name="uid">Of the pod: another one may have had its name before.</param>
/// <param name="node">Where the pod runs, or the node that calls itself; may be found out later.</param>
internal sealed class Workload(string ns, string pod, string uid, string node)
{
    private volatile string _node = node;

    public static Workload None { get; } = new("", "", "", "");

    public string Namespace => ns;

    public string Pod => pod;

    public string Uid => uid;

    public string Node => _node;

    public bool LacksNode => pod.Length > 0 && _node.Length == 0;

    /// <summary>Its calls from now on say the node, too.</summary>
    public void RunsOn(string found) => _node = found;
}
