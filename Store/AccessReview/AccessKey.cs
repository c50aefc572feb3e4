using KubeLens.Store.Database;

namespace KubeLens.Store.AccessReview;

/// <summary>What uses are told apart by: dictionary ids.</summary>
/// <param name="Day">When it completed, in UTC.</param>
/// <param name="ClusterId">Where.</param>
/// <param name="UserId">Who.</param>
/// <param name="AsId">Whom that user acted as.</param>
/// <param name="ResourceId">With group, version and subresource.</param>
/// <param name="VerbId">How.</param>
/// <param name="NamespaceId">In which namespace.</param>
/// <param name="Result">What came of it.</param>
internal readonly record struct AccessKey(DateOnly Day, int ClusterId, int UserId, int AsId, int ResourceId, int VerbId, int NamespaceId, AccessResult Result)
{
    public static AccessKey Of(Call call) =>
        new(DateOnly.FromDateTime(call.At), call.ClusterId, call.UserId, call.ImpersonatedUserId, call.ResourceId, call.VerbId, call.NamespaceId, AccessResults.Of(call.Status));
}
