namespace KubeLens.Testing;

/// <summary>What tests need to know of a running cluster.</summary>
public sealed class ClusterAccess(string kubeconfigs, string kubectl, string home)
{
    /// <summary>The kubectl program.</summary>
    public string KubectlPath => kubectl;

    /// <summary>Whether pods can run: a kubelet is there.</summary>
    public bool HasNode { get; init; }

    /// <summary>The apiserver's own audit log (JSON lines, RequestResponse), where it is known.</summary>
    public string? AuditLog { get; init; }

    /// <summary>The certificate and key (PEM files) that the apiserver's requestheader authority vouches for, where they are known.</summary>
    public (string Certificate, string Key)? FrontProxy { get; init; }

    /// <summary>The certificate and key (PEM files) that the apiserver itself serves with, where they are known.</summary>
    public (string Certificate, string Key)? Serving { get; init; }

    /// <summary>The kubeconfig of a user: <c>admin</c> (system:masters), <c>alice</c> (group dev), <c>gateway</c> (may impersonate), <c>app</c> (a service account's token).</summary>
    public string Kubeconfig(string user) => Path.Combine(kubeconfigs, $"{user}.kubeconfig");

    /// <summary>kubectl straight at the cluster, as this user.</summary>
    public Kubectl Kubectl(string user) => KubectlWith(Kubeconfig(user));

    /// <summary>kubectl with another kubeconfig, such as one that points at a gateway.</summary>
    public Kubectl KubectlWith(string kubeconfig) => new(kubectl, kubeconfig, home);
}
