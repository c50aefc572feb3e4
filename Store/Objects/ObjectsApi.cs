using System.ComponentModel;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Access.Records;
using KubeLens.Store.Search;
using Microsoft.AspNetCore.Mvc;

namespace KubeLens.Store.Objects;

/// <summary><c>GET /api/v1/objects/…</c>: the history of an object. With it <see cref="CallChangeApi"/>.</summary>
internal static class ObjectsApi
{
    public const string Route = "/api/v1/objects/{group}/{resource}/{namespace}/{name}";

    public static void MapObjects(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Route, HistoryAsync)
            .WithTags("Objects")
            .WithName("GetObjectHistory")
            .WithSummary("What calls did to one object, newest first")
            .WithDescription("Its writes, and reads that saw a version which no call is known to have made. Returns a page, which may be short; pass its \"next\" as cursor, with the same parameters, for the page after it. For a viewer without what changed. Reading it is recorded.")
            .Produces<ObjectHistory>()
            .ProducesSearchProblems();
        endpoints.MapCallChange();
    }

    // The parameters are named for the OpenAPI document; they are read from the query itself, so that a bad one is told as the others are.
    private static Task<IResult> HistoryAsync(
        HttpContext http, ObjectHistoryReader reader, AccessRecordTable records, SearchAnswering answering, ILogger<ObjectHistoryReader> logger,
        [Description("The API group; \"core\" for the one without a name.")] string group,
        [Description("The resource in the plural, as in addresses: deployments.")] string resource,
        [Description("The namespace; \"_\" for what has none.")] string @namespace,
        [Description("The object's name.")] string name,
        [FromQuery, Description("The cluster; may be left out where only one has calls on such an object.")] string? cluster,
        [FromQuery, Description("Only calls that told this uid, where several objects had the name one after the other.")] string? uid,
        [FromQuery, Description("Completed at or after: RFC 3339, Unix seconds, or relative such as now-15m. Default now-7d.")] string? from,
        [FromQuery, Description("Completed at or before. Default now.")] string? to,
        [FromQuery, Description("Most versions on the page, 1 to 200. Default 100.")] string? limit,
        [FromQuery, Description("The \"next\" of the page before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        _ = (cluster, uid, from, to, limit, cursor);
        var key = ObjectKey.Of(group, resource, @namespace, name);
        var request = ObjectRequestReader.Read(key, http.Request.Query, answering.Now, out var errors);
        return answering.AnswerAsync(request, errors, "", ReadAsync, Answer, logger, cancellationToken);

        async Task<(ObjectHistory? Page, IReadOnlyList<string> Clusters)> ReadAsync(ObjectRequest wanted, CancellationToken cancellation)
        {
            var found = await reader.ReadAsync(wanted, cancellation);
            if (found.Page is { } page && http.User.SeesBodies() && page.Versions.Any(version => version.ChangeCount > 0))
            {
                await records.AddAsync(http.User, new AccessRead(AccessActions.History, Subject: $"{page.Cluster} {key.Title}", Range: new TimeRange(page.From, page.To)), cancellation);
            }

            return found;
        }

        IResult Answer((ObjectHistory? Page, IReadOnlyList<string> Clusters) found)
        {
            if (found.Page is not { } page)
            {
                return SearchProblem.BadRequest([ObjectRequestReader.Ambiguous(found.Clusters)]);
            }

            logger.HistoryRead(http.User.Identity?.Name ?? "", page.Resource, page.Namespace, page.Name, page.Cluster, page.Versions.Count);
            return Results.Ok(http.User.SeesBodies() ? page : MetadataView.Of(page));
        }
    }
}
