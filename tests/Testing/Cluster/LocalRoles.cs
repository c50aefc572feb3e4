namespace KubeLens.Testing;

/// <summary>
/// What the users of a local apiserver may do. The role "view" is of no use here: a controller fills it, and none runs.
/// </summary>
internal static class LocalRoles
{
    public const string Manifest = """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: app, namespace: default}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: dev, namespace: default}
        rules:
        - {apiGroups: [""], resources: [pods, configmaps], verbs: [get, list, watch]}
        - {apiGroups: [apps], resources: [deployments], verbs: [get, list, watch]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: dev, namespace: default}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: dev}
        subjects: [{kind: User, name: alice, apiGroup: rbac.authorization.k8s.io}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: app, namespace: default}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
        subjects: [{kind: ServiceAccount, name: app, namespace: default}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reader}
        rules:
        - {apiGroups: [""], resources: [pods, pods/log, services, configmaps, endpoints, events, serviceaccounts], verbs: [get, list, watch]}
        - {apiGroups: [apps], resources: ["*"], verbs: [get, list, watch]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: gateway}
        rules:
        - {apiGroups: [""], resources: [users, groups, serviceaccounts], verbs: [impersonate]}
        - {apiGroups: [authentication.k8s.io], resources: ["*"], verbs: [impersonate]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: gateway}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: gateway}
        subjects: [{kind: User, name: gateway, apiGroup: rbac.authorization.k8s.io}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: gateway-reviews}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:auth-delegator"}
        subjects: [{kind: User, name: gateway, apiGroup: rbac.authorization.k8s.io}]
        """;
}
