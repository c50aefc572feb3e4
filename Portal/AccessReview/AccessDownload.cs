using System.Text;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Store;

namespace KubeLens.Portal.AccessReview;

/// <summary><c>/access/rbac.yaml</c>: the RBAC of a review as a file, asked for as the signed-in user.</summary>
internal static class AccessDownload
{
    public static void MapAccessDownload(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/access/rbac.yaml", GetAsync);

    private static async Task<IResult> GetAsync(HttpContext context, StoreClient store, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!DownloadAnswers.TryToken(context, clock, out var token, out var refusal))
        {
            return refusal;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/access-review{context.Request.QueryString.Value}");
        var answer = await store.SendAsync<AccessReviewResult>(request, token, cancellationToken);
        return answer switch
        {
            { Outcome: StoreOutcome.Ok, Value: { } review } => Results.File(Encoding.UTF8.GetBytes(review.Yaml), "application/yaml", "rbac.yaml"),
            { Outcome: StoreOutcome.BadQuery, Problem: { } problem } => Results.Text(problem.Title, statusCode: problem.Status),
            { Outcome: StoreOutcome.SignedOut } => DownloadAnswers.SignedOut(),
            _ => Results.Text("The Store gives no answer.", statusCode: StatusCodes.Status502BadGateway),
        };
    }
}
