namespace KubeLens.Store.AccessReview.Rbac;

/// <param name="Namespace">Of a Role; empty for a ClusterRole.</param>
/// <param name="Rules">In the order in which they are written.</param>
internal sealed record RbacRole(string Namespace, IReadOnlyList<RbacRule> Rules);
