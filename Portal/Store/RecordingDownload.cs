
namespace KubeLens.Portal.Store;

/// <summary><c>/calls/{id}/recording</c>: the Store's file, asked for as the signed-in user.</summary>
internal static class RecordingDownload
{
    private const string ContentType = "application/x-asciicast";

    public static void MapRecordings(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/calls/{id}/recording", GetAsync);

    private static async Task<IResult> GetAsync(string id, HttpContext context, StoreClient store, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!DownloadAnswers.TryToken(context, clock, out var token, out var refusal))
        {
            return refusal;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/calls/{Uri.EscapeDataString(id)}/recording");
        var (outcome, bytes) = await store.DownloadAsync(request, token, cancellationToken);
        return outcome switch
        {
            StoreOutcome.Ok => Results.File(bytes, ContentType, $"{id}.cast"),
            StoreOutcome.NotFound => Results.NotFound(),
            StoreOutcome.SignedOut => DownloadAnswers.SignedOut(),
            StoreOutcome.Refused => Results.Text("Your role sees no recordings.", statusCode: StatusCodes.Status403Forbidden),
            _ => Results.StatusCode(StatusCodes.Status502BadGateway),
        };
    }
}
