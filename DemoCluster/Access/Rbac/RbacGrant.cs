namespace KubeLens.DemoCluster.Access.Rbac;

/// <summary>A role bound to a subject.</summary>
/// <param name="Namespace">Empty: everywhere, non-resource paths included.</param>
/// <param name="Reason">What <c>authorization.k8s.io/reason</c> says of it.</param>
internal sealed record RbacGrant(IReadOnlyList<PolicyRule> Rules, string Namespace, string Reason)
{
    public bool Allows(AccessAttributes asked) =>
        (Namespace.Length == 0 || (asked.IsResource && Namespace == asked.Namespace)) && Rules.Any(rule => rule.Allows(asked));
}
