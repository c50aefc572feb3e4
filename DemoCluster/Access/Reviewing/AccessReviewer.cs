using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access.Rbac;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Access.Reviewing;

/// <summary>Whether a user may do something, for <c>SubjectAccessReview</c> and its likes.</summary>
internal sealed class AccessReviewer(RbacAuthorizer authorizer)
{
    /// <param name="ns">Of a LocalSubjectAccessReview's path, else empty.</param>
    public JsonObject Review(JsonObject review, string ns)
    {
        var spec = review.At("spec");
        var user = UserJson.OfSpec(spec);
        if (user.Name.Length == 0 && user.Groups.Count == 0)
        {
            throw Invalid("spec.user", "Invalid value: \"\": at least one of user or group must be specified");
        }

        if (ns.Length > 0 && spec.Text("resourceAttributes.namespace") is var asked && asked != ns)
        {
            throw Invalid("spec.resourceAttributes.namespace", $"Invalid value: \"{asked}\": must match metadata.namespace");
        }

        return Decide(spec, user);
    }

    public JsonObject ReviewSelf(JsonObject review, DemoUser user) => Decide(review.At("spec"), user);

    private JsonObject Decide(JsonNode? spec, DemoUser user)
    {
        var decision = authorizer.Decide(Attributes(spec, user));
        var status = new JsonObject { ["allowed"] = decision.Allowed };
        if (decision.Reason.Length > 0)
        {
            status["reason"] = decision.Reason;
        }

        return status;
    }

    private static AccessAttributes Attributes(JsonNode? spec, DemoUser user) => (spec.At("resourceAttributes"), spec.At("nonResourceAttributes")) switch
    {
        (JsonObject resource, null) => new AccessAttributes
        {
            User = user,
            Verb = resource.Text("verb"),
            Group = resource.Text("group"),
            Resource = resource.Text("resource"),
            Subresource = resource.Text("subresource"),
            Namespace = resource.Text("namespace"),
            Name = resource.Text("name"),
        },
        (null, JsonObject path) => new AccessAttributes { User = user, IsResource = false, Verb = path.Text("verb"), Path = path.Text("path") },
        (null, null) => throw Invalid("spec.resourceAttributes", "Invalid value: \"null\": exactly one of nonResourceAttributes or resourceAttributes must be specified"),
        _ => throw Invalid("spec.nonResourceAttributes", "Invalid value: \"\": cannot be specified in combination with resourceAttributes"),
    };

    private static ApiException Invalid(string field, string problem) => Refusals.Invalid("authorization.k8s.io", "", "", field, problem);
}
