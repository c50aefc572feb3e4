using System.Text;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access.Records;
using KubeLens.Store.Database;

namespace KubeLens.Store.Search;

/// <summary><c>GET /api/v1/calls/{id}/recording</c>: the terminal of an exec or attach, as asciicast v2.</summary>
internal static class RecordingApi
{
    public const string ContentType = "application/x-asciicast";

    public static void MapRecording(this IEndpointRouteBuilder calls) => calls.MapGet("{id}/recording", GetAsync)
        .WithName("GetRecording")
        .WithSummary("The recorded terminal of an exec or attach")
        .WithDescription("As asciicast v2, for asciinema and other players. Reading it is recorded.")
        .Produces(StatusCodes.Status200OK, contentType: ContentType)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(string id, HttpContext http, CallDetailsReader reader, AccessRecordTable records, DatabaseAnswering answering, ILogger<CallDetailsReader> logger, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(id, out var callId))
        {
            return Results.Problem($"\"{id}\" is no call id.", statusCode: StatusCodes.Status404NotFound);
        }

        return await answering.AnswerAsync(async () =>
        {
            var call = await reader.ReadAsync(callId, cancellationToken);
            if (WhyNone(call, id) is { } reason)
            {
                return Results.Problem(reason, statusCode: StatusCodes.Status404NotFound);
            }

            await records.AddAsync(http.User, new AccessRead(AccessActions.Recording, call!.Id), cancellationToken);
            logger.BodyRead(http.User.Identity?.Name ?? "", call.Id, call.AuditId);
            return Results.File(Encoding.UTF8.GetBytes(call.ResponseBody!.Text), ContentType, $"{call.Id}.cast");
        });
    }

    private static string? WhyNone(CallDetails? call, string id) => call switch
    {
        null => $"There is no call {id}; it may have been dropped with its day.",
        { Session: null, ResponseBody.Note: "expired" } => "If there was a recording, it is gone with the call's bodies.",
        { Session: null } => "The call is no exec or attach: there is no terminal.",
        { Session.Recorded: "" } => "The terminal was not recorded. A rule of the capture policy with Recording does that (docs/capture-policy.md).",
        { ResponseBody: null or { KeptBytes: 0 } } => $"The recording is missing ({call.ResponseBody?.Note ?? "lost"}).",
        _ => null,
    };
}
