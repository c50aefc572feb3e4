using System.ComponentModel;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access.Clusters;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;
using Microsoft.AspNetCore.Mvc;

namespace KubeLens.Store.Counts;

/// <summary><c>GET /api/v1/histogram</c> and <c>GET /api/v1/facets</c>.</summary>
internal static class CountsApi
{
    public const string HistogramRoute = "/api/v1/histogram", FacetsRoute = "/api/v1/facets";

    private const string Query = "Which calls to count, in the query language; all when absent.";
    private const string From = "Completed at or after: RFC 3339, Unix seconds, or relative such as now-15m. Default now-1h.";
    private const string To = "Completed at or before. Default now.";

    public static void MapCounts(this IEndpointRouteBuilder endpoints)
    {
        Describe<CallHistogram>(endpoints.MapGet(HistogramRoute, HistogramAsync))
            .WithName("CountCallsOverTime")
            .WithSummary("How many calls completed when")
            .WithDescription("Ended calls only, by what became of them. \"quality\" says whether all of them are counted, or only the newest, and since when.");
        Describe<CallFacets>(endpoints.MapGet(FacetsRoute, FacetsAsync))
            .WithName("CountCallsByValue")
            .WithSummary("How often each value of some fields occurs")
            .WithDescription("Ended calls only. The counts of a field leave out what the query itself says of it; \"field:value\" finds just the calls of a value. \"quality\" says whether all calls are counted, or only the newest, and since when.");
    }

    // The parameters are named for the OpenAPI document; they are read from the query itself, so that a bad one is told as the others are.
    private static Task<IResult> HistogramAsync(
        HttpContext http, CallHistogramReader reader, ContentAccess access, Answering answering,
        [FromQuery, Description(Query)] string? q,
        [FromQuery, Description(From)] string? from,
        [FromQuery, Description(To)] string? to,
        [FromQuery, Description("Most buckets, 1 to 300; their width is the smallest that needs no more. Default 60.")] string? buckets,
        CancellationToken cancellationToken)
    {
        _ = (q, from, to, buckets);
        var read = CountRequestReader.ReadHistogram(http.Request.Query, answering.Now, out var errors);
        var request = ContentAccess.Allow(http.User, read, wanted => wanted.Query, q, ref errors);
        return answering.AnswerAsync(request, errors, access.Recorded<HistogramRequest, CallHistogram>(http.User, q, reader.ReadAsync), cancellationToken);
    }

    private static Task<IResult> FacetsAsync(
        HttpContext http, CallFacetReader reader, ContentAccess access, Answering answering,
        [FromQuery, Description(Query)] string? q,
        [FromQuery, Description(From)] string? from,
        [FromQuery, Description(To)] string? to,
        [FromQuery, Description("Which fields, separated by commas: verb, class, status, resource, ns, user, kind, client, cluster, gateway. All of them when absent.")] string? fields,
        [FromQuery, Description("Most values of each, 1 to 50, besides those that the query names. Default 10.")] string? top,
        CancellationToken cancellationToken)
    {
        _ = (q, from, to, fields, top);
        var read = CountRequestReader.ReadFacets(http.Request.Query, answering.Now, out var errors);
        if (read is not null && http.User.OnlyCluster() is not null)
        {
            // Counted of a field are the calls that the rest of the query finds: of the cluster's, those of the others.
            read = read with { Fields = [.. read.Fields.Where(field => field.Name != "cluster")] };
        }

        var request = ContentAccess.Allow(http.User, read, wanted => wanted.Query, q, ref errors);
        return answering.AnswerAsync(request, errors, access.Recorded<FacetsRequest, CallFacets>(http.User, q, reader.ReadAsync), cancellationToken);
    }

    private static RouteHandlerBuilder Describe<T>(RouteHandlerBuilder endpoint) => endpoint
        .WithTags("Calls")
        .Produces<T>()
        .ProducesSearchProblems();

    /// <summary>What both have in common.</summary>
    internal sealed class Answering(DatabaseState database, TimeProvider time, StoreMetrics metrics, ILogger<Answering> logger)
    {
        public DateTimeOffset Now => time.GetUtcNow();

        public async Task<IResult> AnswerAsync<TRequest, TAnswer>(TRequest? request, IReadOnlyList<QueryMessage> errors, Func<TRequest, CancellationToken, Task<TAnswer>> read, CancellationToken cancellationToken)
            where TRequest : class
        {
            if (request is null)
            {
                return SearchProblem.BadRequest(errors);
            }

            if (!database.IsMigrated)
            {
                return SearchProblem.NotReady();
            }

            var started = time.GetTimestamp();
            try
            {
                var answer = await read(request, cancellationToken);
                metrics.Counted(time.GetElapsedTime(started), "counted");
                return Results.Ok(answer);
            }
            catch (Exception e) when (e.IsDatabase())
            {
                metrics.Counted(time.GetElapsedTime(started), "unavailable");
                logger.CountUnavailable(e.GetBaseException().Message);
                return SearchProblem.Unavailable();
            }
        }
    }
}
