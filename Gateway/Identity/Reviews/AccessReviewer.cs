using System.Text.Json;
using KubeLens.Gateway.Identity.Acting;

namespace KubeLens.Gateway.Identity.Reviews;

/// <summary>Asks the cluster what somebody may do.</summary>
/// <remarks><see href="https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/subject-access-review-v1/"/></remarks>
internal sealed class AccessReviewer(ReviewClient reviews)
{
    private const string Version = "authorization.k8s.io/v1";
    private const string Kind = "SubjectAccessReview";
    private const string OwnKind = "SelfSubjectAccessReview";
    private const string Path = $"/apis/{Version}/subjectaccessreviews";
    private const string OwnPath = $"/apis/{Version}/selfsubjectaccessreviews";

    /// <param name="caller">Null to ask about the gateway's own user.</param>
    /// <exception cref="ReviewException">The cluster did not say.</exception>
    public async Task<bool> MayAsync(Caller? caller, string verb, ResourceAttributes what, CancellationToken cancellationToken)
    {
        var resourceAttributes = new { verb, version = "v1", group = what.Group, resource = what.Resource, subresource = what.Subresource, @namespace = what.Namespace, name = what.Name };
        using var review = caller is null
            ? await reviews.CreateAsync(OwnKind, OwnPath, new { apiVersion = Version, kind = OwnKind, spec = new { resourceAttributes } }, cancellationToken)
            : await reviews.CreateAsync(
                Kind,
                Path,
                new
                {
                    apiVersion = Version,
                    kind = Kind,
                    spec = new
                    {
                        user = caller.Name,
                        uid = caller.Uid,
                        groups = caller.AsUpstream.Groups,
                        extra = caller.Extra.DistinctBy(one => one.Key).ToDictionary(one => one.Key, one => one.Value),
                        resourceAttributes,
                    },
                },
                cancellationToken);
        return review.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Object
            && status.TryGetProperty("allowed", out var allowed) && allowed.ValueKind == JsonValueKind.True;
    }
}
