using System.ComponentModel;
using KubeLens.Contracts.Search;
using KubeLens.Store.Search;
using Microsoft.AspNetCore.Mvc;

namespace KubeLens.Store.AccessReview;

/// <summary><c>GET /api/v1/access-review</c>.</summary>
internal static class AccessReviewApi
{
    public const string Route = "/api/v1/access-review";

    public static void MapAccessReview(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Route, ReviewAsync)
            .WithTags("Access review")
            .WithName("ReviewAccess")
            .WithSummary("What a user did use, and the RBAC that allows just that")
            .WithDescription("Ended calls of whole days, in UTC. \"uses\" has each right that was used, with its calls; \"yaml\" the roles and their bindings, which nothing applies to a cluster.")
            .Produces<AccessReviewResult>()
            .ProducesSearchProblems();

    // The parameters are named for the OpenAPI document; they are read from the query itself, so that a bad one is told as the others are.
    private static Task<IResult> ReviewAsync(
        HttpContext http, AccessReviewReader reader, SearchAnswering answering, ILogger<AccessReviewReader> logger,
        [FromQuery, Description("The user, as the calls have it: alice, or system:serviceaccount:shop:ci.")] string? subject,
        [FromQuery, Description("Only calls of this cluster; of all of them when absent.")] string? cluster,
        [FromQuery, Description("Completed on the day of this time or after: RFC 3339, Unix seconds, or relative such as now-7d. Default now-30d.")] string? from,
        [FromQuery, Description("Completed on the day of this time or before. Default now.")] string? to,
        [FromQuery, Description("namespace: a Role in each namespace, and a ClusterRole for the rest; cluster: one ClusterRole for all. Default namespace.")] string? scope,
        [FromQuery, Description("How exact: names, resource or namespace. Default names.")] string? level,
        [FromQuery, Description("true: allow also what was denied, or got no answer that tells. Default false.")] string? denied,
        [FromQuery, Description("true: with level=namespace, all resources of an API group. Default false.")] string? wildcards,
        CancellationToken cancellationToken)
    {
        _ = (cluster, from, to, scope, level, denied, wildcards);
        var request = AccessReviewRequestReader.Read(http.Request.Query, answering.Now, out var errors);
        return answering.AnswerAsync(request, errors, subject ?? "", reader.ReadAsync, Results.Ok, logger, cancellationToken);
    }
}
