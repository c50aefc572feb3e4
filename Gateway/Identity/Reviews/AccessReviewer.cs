using System.Text.Json;
using KubeLens.Gateway.Identity.Acting;

namespace KubeLens.Gateway.Identity.Reviews;

/// <summary>Asks the cluster what somebody may do.</summary>
/// <remarks><see href="https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/subject-access-review-v1/"/></remarks>
internal sealed class AccessReviewer(ReviewClient reviews)
{
    private const string Path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

    /// <exception cref="ReviewException">The cluster did not say.</exception>
    public async Task<bool> MayAsync(Caller caller, string verb, ResourceAttributes what, CancellationToken cancellationToken)
    {
        using var review = await reviews.CreateAsync(
            "SubjectAccessReview",
            Path,
            new
            {
                apiVersion = "authorization.k8s.io/v1",
                kind = "SubjectAccessReview",
                spec = new
                {
                    user = caller.Name,
                    uid = caller.Uid,
                    groups = caller.AsUpstream.Groups,
                    extra = caller.Extra.DistinctBy(one => one.Key).ToDictionary(one => one.Key, one => one.Value),
                    resourceAttributes = new { verb, version = "v1", group = what.Group, resource = what.Resource, subresource = what.Subresource, @namespace = what.Namespace, name = what.Name },
                },
            },
            cancellationToken);
        return review.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Object
            && status.TryGetProperty("allowed", out var allowed) && allowed.ValueKind == JsonValueKind.True;
    }
}
