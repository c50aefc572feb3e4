using KubeLens.Store.AccessReview.Rbac;

namespace KubeLens.Store.AccessReview;

/// <param name="Subject">The user.</param>
/// <param name="Cluster">Where; empty for everywhere.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Choice">What kind of RBAC.</param>
/// <param name="WithDenied">Allow what was not allowed as well.</param>
internal sealed record AccessReviewRequest(string Subject, string Cluster, DateOnly From, DateOnly To, RbacChoice Choice, bool WithDenied);
