using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access.Tokens;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Access.Reviewing;

/// <summary>Whose token it is, for <c>TokenReview</c>.</summary>
internal sealed class TokenReviewer(BearerTokens tokens)
{
    public JsonObject Review(JsonObject review)
    {
        var token = review.Text("spec.token");
        if (token.Length == 0)
        {
            throw ApiErrors.BadRequest("token is required for TokenReview in authentication");
        }

        var wanted = review.Texts("spec.audiences");
        var user = tokens.Verify(token, wanted.Count > 0 ? [.. wanted] : [ServiceAccountTokens.Audience], out var problem);
        if (user is null)
        {
            return new JsonObject { ["user"] = new JsonObject(), ["error"] = problem };
        }

        var status = new JsonObject { ["authenticated"] = true, ["user"] = UserJson.Of(user) };
        status["audiences"] = (wanted.Count > 0 ? wanted.Where(audience => tokens.Verify(token, [audience], out _) is not null) : [ServiceAccountTokens.Audience]).ToJson();
        return status;
    }
}
