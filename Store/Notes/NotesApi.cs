using System.Security.Claims;
using KubeLens.Contracts.Notes;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using KubeLens.Store.Search;
using Npgsql;

namespace KubeLens.Store.Notes;

/// <summary><c>GET</c> and <c>POST /api/v1/calls/{id}/notes</c>, <c>PUT</c> and <c>DELETE /api/v1/calls/{id}/notes/{note}</c>.</summary>
internal static class NotesApi
{
    public const string Route = $"{CallsApi.Route}/{{id}}/notes";
    public const string OneRoute = $"{Route}/{{note:long}}";

    public static void MapNotes(this IEndpointRouteBuilder endpoints)
    {
        Describe(endpoints.MapGet(Route, ListAsync))
            .WithName("ListNotes")
            .WithSummary("What people wrote on a call")
            .Produces<NoteList>();
        Describe(endpoints.MapPost(Route, AddAsync))
            .WithName("AddNote")
            .WithSummary("Write a note on a call")
            .WithDescription("Plain text. A call that runs takes none before it has ended.")
            .Produces<NoteItem>(StatusCodes.Status201Created)
            .Produces<QueryProblem>(StatusCodes.Status400BadRequest, SearchProblem.ContentType)
            .ProducesProblem(StatusCodes.Status409Conflict);
        Describe(endpoints.MapPut(OneRoute, ChangeAsync))
            .WithName("ChangeNote")
            .WithSummary("Say something else in one's own note")
            .Produces<NoteItem>()
            .Produces<QueryProblem>(StatusCodes.Status400BadRequest, SearchProblem.ContentType);
        Describe(endpoints.MapDelete(OneRoute, DeleteAsync))
            .WithName("DeleteNote")
            .WithSummary("Take a note away")
            .WithDescription("One's own; an admin may take away those of others.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static Task<IResult> ListAsync(string id, NoteTable notes, NotedCalls calls, DatabaseAnswering answering, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
        await calls.FindAsync(id, cancellationToken) switch
        {
            ({ } call, _) => Results.Ok(new NoteList(await notes.ListAsync(call, cancellationToken))),
            (_, true) => Results.Ok(new NoteList([])),
            _ => NoCall(id),
        });

    private static Task<IResult> AddAsync(string id, NoteRequest request, HttpContext http, NoteTable notes, NotedCalls calls, DatabaseAnswering answering, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
    {
        if (NoteText.Read(request.Text, out var errors) is not { } text)
        {
            return SearchProblem.BadRequest(errors);
        }

        var (found, isRunning) = await calls.FindAsync(id, cancellationToken);
        if (found is not { } call)
        {
            return isRunning ? Results.Problem("The call has not ended: write the note when it has.", statusCode: StatusCodes.Status409Conflict) : NoCall(id);
        }

        try
        {
            return await notes.AddAsync(call, UserOf(http), text, cancellationToken) switch
            {
                ({ } note, _) => Results.Json(note, statusCode: StatusCodes.Status201Created),
                (_, true) => Results.Problem($"There are {NoteTable.Most} notes on the call, as many as there may be: delete or change one.", statusCode: StatusCodes.Status409Conflict),
                _ => NoCall(id),
            };
        }
        catch (PostgresException e) when (e.IsTaken())
        {
            return SearchProblem.Unavailable("Calls are being dropped or purged, and no note can be written meanwhile. Try again in a moment.");
        }
    });

    private static Task<IResult> ChangeAsync(string id, long note, NoteRequest request, HttpContext http, NoteTable notes, NotedCalls calls, DatabaseAnswering answering, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
    {
        if (NoteText.Read(request.Text, out var errors) is not { } text)
        {
            return SearchProblem.BadRequest(errors);
        }

        return (await calls.FindAsync(id, cancellationToken)).Call is not { } call ? NoCall(id)
            : await notes.ChangeAsync(call, note, UserOf(http), text, cancellationToken) is { } changed ? Results.Ok(changed)
            : await notes.FindAsync(call, note, cancellationToken) is { } other ? Foreign(other, "its author may change it")
            : NoNote(note);
    });

    private static Task<IResult> DeleteAsync(string id, long note, HttpContext http, NoteTable notes, NotedCalls calls, DatabaseAnswering answering, ILogger<NoteTable> logger, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
    {
        if ((await calls.FindAsync(id, cancellationToken)).Call is not { } call)
        {
            return NoCall(id);
        }

        if (await notes.FindAsync(call, note, cancellationToken) is not { } found)
        {
            return NoNote(note);
        }

        var isOwn = found.Author == UserOf(http);
        if (!isOwn && !http.User.IsInRole(nameof(StoreRole.Admin)))
        {
            return Foreign(found, "its author or an admin may delete it");
        }

        if (!await notes.DeleteAsync(call, note, cancellationToken))
        {
            return NoNote(note);
        }

        if (!isOwn)
        {
            logger.NoteDeleted(http.User.Identity?.Name ?? "", found.Author, CallItems.IdOf(call));
        }

        return Results.NoContent();
    });

    private static string UserOf(HttpContext http) => http.User.FindFirstValue(BearerHandler.UserClaim) ?? "";

    private static IResult NoCall(string id) => Results.Problem($"There is no call {id}; it may have been dropped with its day.", statusCode: StatusCodes.Status404NotFound);

    private static IResult NoNote(long note) => Results.Problem($"There is no note {note} on the call.", statusCode: StatusCodes.Status404NotFound);

    private static IResult Foreign(NoteItem note, string who) => Results.Problem($"The note is of {note.Author}; only {who}.", statusCode: StatusCodes.Status403Forbidden);

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint
        .WithTags("Notes")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
