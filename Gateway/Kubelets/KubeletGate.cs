using KubeLens.Gateway.Identity.Reviews;

namespace KubeLens.Gateway.Kubelets;

/// <summary>What stands before a kubelet.</summary>
/// <param name="Access">Null where the kubelet decides itself, by the caller's own token.</param>
/// <param name="Reviews">Of its cluster.</param>
internal sealed record KubeletGate(KubeletAccess? Access, AccessReviewer Reviews);
