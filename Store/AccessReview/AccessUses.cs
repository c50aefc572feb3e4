namespace KubeLens.Store.AccessReview;

/// <summary>What is known of a user.</summary>
/// <param name="Counts">What was used.</param>
/// <param name="Users">The user's ids: one for each set of groups.</param>
/// <param name="As">The ids of whom others acted as.</param>
/// <param name="Since">The first day of which anything is known of anybody.</param>
/// <param name="DaysLost">Of how many days it is not known any more.</param>
internal sealed record AccessUses(IReadOnlyDictionary<AccessKey, AccessCount> Counts, IReadOnlySet<int> Users, IReadOnlySet<int> As, DateOnly? Since, int DaysLost);
