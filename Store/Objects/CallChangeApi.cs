using KubeLens.Contracts.Access;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Access.Records;
using KubeLens.Store.Database;
using KubeLens.Store.Search;

namespace KubeLens.Store.Objects;

/// <summary><c>GET /api/v1/calls/{id}/object</c> and <c>GET /api/v1/calls/{id}/change</c>.</summary>
internal static class CallChangeApi
{
    public static void MapCallChange(this IEndpointRouteBuilder endpoints)
    {
        Describe<ObjectState>(endpoints.MapGet($"{CallsApi.Route}/{{id}}/object", GetStateAsync))
            .WithName("GetObjectState")
            .WithSummary("The object as a call left it, or saw it")
            .WithDescription("From the call's answer, where that is the whole object with the names of its fields. Of a delete it is the last state. Reading it is recorded.");
        Describe<CallChange>(endpoints.MapGet($"{CallsApi.Route}/{{id}}/change", GetChangeAsync))
            .WithName("GetCallChange")
            .WithSummary("What a call did to its object")
            .WithDescription("With the states before and after it, as far as they are known. For a viewer without both, and without what changed. Reading it is recorded.");
    }

    private static Task<IResult> GetStateAsync(string id, HttpContext http, CallChangeReader reader, AccessRecordTable records, DatabaseAnswering answering, ILogger<CallChangeReader> logger, CancellationToken cancellationToken) =>
        AnswerAsync(id, "its answer holds no whole object, was cut or not kept, or is gone", reader.ReadStateAsync, state => [new AccessRead(AccessActions.Object, state.CallId)], http, records, answering, logger, cancellationToken);

    private static Task<IResult> GetChangeAsync(string id, HttpContext http, CallChangeReader reader, AccessRecordTable records, DatabaseAnswering answering, ILogger<CallChangeReader> logger, CancellationToken cancellationToken) =>
        AnswerAsync(id, "it is no create, update, patch, delete or get of one object", (call, cancellation) => ReadChangeAsync(call, http, reader, cancellation), ReadsOf, http, records, answering, logger, cancellationToken);

    private static async Task<CallChange?> ReadChangeAsync(CallId id, HttpContext http, CallChangeReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(id, cancellationToken) is not { } change ? null : http.User.SeesBodies() ? change : MetadataView.Of(change);

    // Of what is shown: nothing for a viewer, and for a call whose bodies are not known.
    private static IEnumerable<AccessRead> ReadsOf(CallChange change)
    {
        string?[] calls = [change.Version.Changes.Count > 0 ? change.Version.CallId : null, change.Before?.CallId, change.After?.CallId];
        return calls.OfType<string>().Distinct().Select(call => new AccessRead(AccessActions.Change, call));
    }

    private static async Task<IResult> AnswerAsync<T>(
        string id, string otherwise, Func<CallId, CancellationToken, Task<T?>> read, Func<T, IEnumerable<AccessRead>> readsOf,
        HttpContext http, AccessRecordTable records, DatabaseAnswering answering, ILogger logger, CancellationToken cancellationToken)
        where T : class
    {
        if (!CallId.TryParse(id, out var callId))
        {
            return Results.Problem($"\"{id}\" is no call id.", statusCode: StatusCodes.Status404NotFound);
        }

        return await answering.AnswerAsync(async () =>
        {
            if (await read(callId, cancellationToken) is not { } found)
            {
                return Results.Problem($"There is no call {id}, or {otherwise}.", statusCode: StatusCodes.Status404NotFound);
            }

            var reads = readsOf(found).ToList();
            await records.AddAsync(http.User, reads, cancellationToken);
            foreach (var one in reads)
            {
                logger.ObjectRead(http.User.Identity?.Name ?? "", one.CallId);
            }

            return Results.Ok(found);
        });
    }

    private static RouteHandlerBuilder Describe<T>(RouteHandlerBuilder endpoint) => endpoint
        .WithTags("Objects")
        .Produces<T>()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
