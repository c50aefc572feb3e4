using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Access;

/// <summary>Answers to the kinds that are only ever asked.</summary>
internal sealed class Reviews
{
    private readonly ApiException _missing = ApiErrors.NoResource();

    public bool TryAnswer(ResourceKind kind, JsonObject body, ApiRequest request, [NotNullWhen(true)] out JsonObject? answer)
    {
        answer = null;
        return _missing.Code != 404;
    }

    public JsonObject IssueToken(ApiRequest request, JsonObject serviceAccount, JsonObject tokenRequest) => throw _missing;
}
