namespace KubeLens.Gateway.Kubelets;

/// <summary>A kubelet as the configuration has it.</summary>
/// <param name="Node">The node's name.</param>
internal sealed record KubeletPlan(string Node, KubeletOptions Options)
{
    /// <summary>Where its settings are, for messages.</summary>
    public string Key => $"{KubeletOptions.Section}:{Node}";
}
