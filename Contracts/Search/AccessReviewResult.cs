namespace KubeLens.Contracts.Search;

/// <summary>The answer of <c>GET /api/v1/access-review</c>: what a user did use, and the RBAC that allows just that.</summary>
/// <param name="Subject">The user.</param>
/// <param name="From">The first day, in UTC.</param>
/// <param name="To">The last day, in UTC.</param>
/// <param name="Days">How many days these are.</param>
/// <param name="DaysSeen">On how many of them the user made a call.</param>
/// <param name="DaysIncomplete">Of how many it is not known any more what was used: something of them was taken away, and their calls are gone.</param>
/// <param name="RecordedSince">The first day of which anything is known of anybody; null when there is nothing yet.</param>
/// <param name="Clusters">On which clusters the user made calls.</param>
/// <param name="Uses">What was used, by group, resource, subresource, namespace and verb.</param>
/// <param name="Notes">What whoever grants this should know.</param>
/// <param name="Yaml">The RBAC objects; empty when there is nothing to grant.</param>
public sealed record AccessReviewResult(
    string Subject, DateOnly From, DateOnly To, int Days, int DaysSeen, int DaysIncomplete, DateOnly? RecordedSince, IReadOnlyList<string> Clusters, IReadOnlyList<AccessUse> Uses, IReadOnlyList<string> Notes, string Yaml);
