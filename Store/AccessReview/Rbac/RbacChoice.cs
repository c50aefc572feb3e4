namespace KubeLens.Store.AccessReview.Rbac;

/// <summary>What kind of RBAC is wanted.</summary>
/// <param name="Level">How exact.</param>
/// <param name="IsClusterWide">One ClusterRole for all, instead of a Role for each namespace.</param>
/// <param name="Wildcards">All resources of an API group, where the level is <see cref="RbacLevel.Namespace"/>.</param>
internal readonly record struct RbacChoice(RbacLevel Level, bool IsClusterWide, bool Wildcards);
