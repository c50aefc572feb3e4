namespace KubeLens.Portal.AccessReview;

/// <summary>A rule of a Role or ClusterRole that somebody pasted.</summary>
/// <param name="Namespace">Of the Role; empty where it counts in all of them.</param>
/// <param name="ApiGroups">Of the rule, as are the others.</param>
internal sealed record PastedRule(string Namespace, IReadOnlyList<string> ApiGroups, IReadOnlyList<string> Resources, IReadOnlyList<string> ResourceNames, IReadOnlyList<string> Paths, IReadOnlyList<string> Verbs);
