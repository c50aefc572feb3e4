using System.Text.Json;
using KubeLens.Gateway.Identity.Tokens;
using KubeLens.Gateway.Identity.Workloads;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity.Reviews;

/// <summary>Asks the cluster whose a token is, and where the pod runs that it belongs to.</summary>
/// <remarks>
/// <c>{"status":{"authenticated":true,"user":{"username":"…","uid":"…","groups":["…"],"extra":{"key":["value"]}}}}</c>
/// <see href="https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/"/>
/// </remarks>
internal sealed class TokenReviewer(ReviewClient reviews) : ITokenVerifier
{
    private const string Path = "/apis/authentication.k8s.io/v1/tokenreviews";

    private readonly PodNodes _nodes = new(reviews, reviews.Clock);

    public async Task<TokenVerdict> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var verdict = await ReviewAsync(token, cancellationToken);
        if (verdict.Caller is { Workload.LacksNode: true } caller)
        {
            await _nodes.CompleteAsync(caller.Workload, cancellationToken);
        }

        return verdict;
    }

    private async Task<TokenVerdict> ReviewAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            using var review = await reviews.CreateAsync("TokenReview", Path, new { apiVersion = "authentication.k8s.io/v1", kind = "TokenReview", spec = new { token } }, cancellationToken);
            return Read(review.RootElement, token);
        }
        catch (ReviewException e)
        {
            throw new TokenUnverifiedException(e.Message, e);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            throw new TokenUnverifiedException("the cluster answered a TokenReview with something else", e);
        }
    }

    private static TokenVerdict Read(JsonElement review, string token)
    {
        var status = review.GetProperty("status");
        if (!status.TryGetProperty("authenticated", out var authenticated) || authenticated.ValueKind != JsonValueKind.True)
        {
            return TokenVerdict.Refuse("the cluster does not accept the token: it is wrong or has expired");
        }

        var user = status.GetProperty("user");
        var (name, details) = (Text(user, "username"), user.TryGetProperty("extra", out var extra) ? Extras(extra) : []);
        var expires = TokenTimes.Of(token).Expires;
        return TokenVerdict.Accept(
            new Caller
            {
                Name = name,
                Uid = Text(user, "uid"),
                Groups = user.TryGetProperty("groups", out var groups) ? Texts(groups) : [],
                Extra = details,
                Workload = WorkloadReader.OfReview(name, details, token),
                Source = UserSources.TokenReview,
                NotAfter = expires ?? DateTimeOffset.MaxValue,
            },
            expires);
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString()! : "";

    private static IReadOnlyList<string> Texts(JsonElement values) =>
        values.ValueKind == JsonValueKind.Null ? [] : [.. values.EnumerateArray().Select(value => value.GetString() ?? "").Where(text => text.Length > 0)];

    // The gateway says this one itself (see NestedImpersonation): nobody's credential may.
    private static IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Extras(JsonElement extra) =>
        extra.ValueKind == JsonValueKind.Null ? [] : [.. extra.EnumerateObject().Where(one => !Acting.OriginalUser.IsReserved(one.Name)).Select(one => KeyValuePair.Create(one.Name, Texts(one.Value)))];
}
