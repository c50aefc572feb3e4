using System.Collections.Frozen;

namespace KubeLens.Gateway.Normalize;

/// <summary>The words that fill most paths, so that parsing one allocates little.</summary>
internal static class KnownWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.ToFrozenSet(
        [
            "api", "apis", "v1", "v2", "v1beta1", "v1alpha1",
            "apps", "batch", "autoscaling", "policy", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "networking.k8s.io",
            "rbac.authorization.k8s.io", "storage.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "apiextensions.k8s.io",
            "apiregistration.k8s.io", "admissionregistration.k8s.io", "certificates.k8s.io", "node.k8s.io", "scheduling.k8s.io", "metrics.k8s.io",
            "namespaces", "pods", "services", "nodes", "events", "endpoints", "endpointslices", "configmaps", "secrets", "serviceaccounts",
            "persistentvolumes", "persistentvolumeclaims", "deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs",
            "leases", "ingresses", "networkpolicies", "roles", "rolebindings", "clusterroles", "clusterrolebindings", "customresourcedefinitions",
            "subjectaccessreviews", "tokenreviews", "poddisruptionbudgets", "horizontalpodautoscalers", "storageclasses", "csinodes", "csidrivers",
            "volumeattachments", "controllerrevisions", "resourcequotas", "limitranges",
            "status", "scale", "log", "exec", "attach", "portforward", "proxy", "binding", "eviction", "token", "finalize", "watch",
            "default", "kube-system", "kube-public", "kube-node-lease",
        ],
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Intern(ReadOnlySpan<char> word) => Words.TryGetValue(word, out var known) ? known : word.ToString();
}
