namespace KubeLens.Gateway.Kubelets;

/// <summary>What stands before a kubelet.</summary>
/// <param name="Access">Null where the kubelet decides itself, by the caller's own token.</param>
internal sealed record KubeletGate(KubeletAccess? Access);
