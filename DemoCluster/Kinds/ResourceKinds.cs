using System.Collections.Frozen;

namespace KubeLens.DemoCluster.Kinds;

/// <summary>Everything this cluster serves.</summary>
internal static class ResourceKinds
{
    private const string Rbac = "rbac.authorization.k8s.io";

    public static readonly IReadOnlyList<ResourceKind> All =
    [
        new("", "v1", "Namespace", "namespaces", false) { ShortNames = ["ns"], Subresources = ["status", "finalize"] },
        new("", "v1", "Node", "nodes", false) { ShortNames = ["no"], Subresources = ["status"] },
        new("", "v1", "Pod", "pods", true) { ShortNames = ["po"], Categories = ["all"], Subresources = ["status", "log", "exec", "attach", "portforward", "eviction", "binding"] },
        new("", "v1", "Service", "services", true) { ShortNames = ["svc"], Categories = ["all"], Subresources = ["status"], IsCreatedByUpdate = true },
        new("", "v1", "Endpoints", "endpoints", true) { ShortNames = ["ep"], IsCreatedByUpdate = true },
        new("", "v1", "ConfigMap", "configmaps", true) { ShortNames = ["cm"] },
        new("", "v1", "Secret", "secrets", true),
        new("", "v1", "ServiceAccount", "serviceaccounts", true) { ShortNames = ["sa"], Subresources = ["token"] },
        new("", "v1", "Event", "events", true) { ShortNames = ["ev"], IsCreatedByUpdate = true },
        new("apps", "v1", "Deployment", "deployments", true) { ShortNames = ["deploy"], Categories = ["all"], Subresources = ["status", "scale"] },
        new("apps", "v1", "ReplicaSet", "replicasets", true) { ShortNames = ["rs"], Categories = ["all"], Subresources = ["status", "scale"] },
        new("batch", "v1", "CronJob", "cronjobs", true) { ShortNames = ["cj"], Categories = ["all"], Subresources = ["status"] },
        new("batch", "v1beta1", "CronJob", "cronjobs", true)
        {
            ShortNames = ["cj"], Categories = ["all"], Subresources = ["status"],
            Deprecation = "batch/v1beta1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use batch/v1 CronJob",
        },
        new("events.k8s.io", "v1", "Event", "events", true) { ShortNames = ["ev"], IsCreatedByUpdate = true },
        new("coordination.k8s.io", "v1", "Lease", "leases", true) { IsCreatedByUpdate = true },
        new(Rbac, "v1", "Role", "roles", true) { IsCreatedByUpdate = true },
        new(Rbac, "v1", "RoleBinding", "rolebindings", true) { IsCreatedByUpdate = true },
        new(Rbac, "v1", "ClusterRole", "clusterroles", false) { IsCreatedByUpdate = true },
        new(Rbac, "v1", "ClusterRoleBinding", "clusterrolebindings", false) { IsCreatedByUpdate = true },
        new("authentication.k8s.io", "v1", "TokenReview", "tokenreviews", false) { Stored = false },
        new("authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews", false) { Stored = false },
        new("authorization.k8s.io", "v1", "SubjectAccessReview", "subjectaccessreviews", false) { Stored = false },
        new("authorization.k8s.io", "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews", false) { Stored = false },
        new("authorization.k8s.io", "v1", "LocalSubjectAccessReview", "localsubjectaccessreviews", true) { Stored = false },
        new("authorization.k8s.io", "v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews", false) { Stored = false },
    ];

    private static readonly FrozenDictionary<(string Group, string Version, string Resource), ResourceKind> ByPath =
        All.ToFrozenDictionary(kind => (kind.Group, kind.Version, kind.Resource));

    /// <summary>By the parts of a path; null when it is not served.</summary>
    public static ResourceKind? Find(string group, string version, string resource) => ByPath.GetValueOrDefault((group, version, resource));

    /// <summary>For code that speaks of a kind it knows to be there.</summary>
    public static ResourceKind Named(string kind) => All.First(candidate => candidate.Kind == kind && candidate.Deprecation.Length == 0);
}
