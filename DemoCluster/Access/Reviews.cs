using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access.Reviewing;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Access;

/// <summary>Answers the kinds that are only ever created: who is this token, may this user do that, who am I.</summary>
internal sealed class Reviews(TokenReviewer tokens, AccessReviewer access, RulesReviewer rules, TokenIssuer issuer)
{
    /// <param name="answer">The review with its status, for a 201.</param>
    /// <returns>False for a kind that is no review.</returns>
    /// <exception cref="ApiException">400 or 422 when the review asks for nothing that can be answered.</exception>
    public bool TryAnswer(ResourceKind kind, JsonObject body, ApiRequest request, [NotNullWhen(true)] out JsonObject? answer)
    {
        var status = kind.Kind switch
        {
            "TokenReview" => tokens.Review(body),
            "SelfSubjectReview" => new JsonObject { ["userInfo"] = UserJson.Of(request.User) },
            "SubjectAccessReview" or "LocalSubjectAccessReview" => access.Review(body, request.Info.Namespace),
            "SelfSubjectAccessReview" => access.ReviewSelf(body, request.User),
            "SelfSubjectRulesReview" => rules.Review(body, request.User),
            _ => null,
        };
        answer = status is null ? null : Compose(kind, body, status);
        return answer is not null;
    }

    /// <summary>Answers <c>POST serviceaccounts/NAME/token</c>.</summary>
    /// <exception cref="ApiException">404 or 409 for an object to bind to that is not there, 422 for a time that is too short.</exception>
    public JsonObject IssueToken(ApiRequest request, JsonObject serviceAccount, JsonObject tokenRequest) => issuer.Issue(request.Info.Namespace, serviceAccount, tokenRequest);

    private static JsonObject Compose(ResourceKind kind, JsonObject body, JsonObject status)
    {
        var metadata = body.At("metadata") is JsonObject given ? given.DeepClone().AsObject() : [];
        metadata["creationTimestamp"] = null; // as of every object that is not kept
        var answer = new JsonObject { ["kind"] = kind.Kind, ["apiVersion"] = kind.ApiVersion, ["metadata"] = metadata };
        if (kind.Kind != "SelfSubjectReview")
        {
            answer["spec"] = body.At("spec") is JsonObject spec ? spec.DeepClone() : new JsonObject();
        }

        answer["status"] = status;
        return answer;
    }
}
