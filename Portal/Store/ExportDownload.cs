using System.Net;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Hosting;

namespace KubeLens.Portal.Store;

/// <summary><c>/export</c>: the Store's file, asked for as the signed-in user and passed on as it comes, no faster than the browser takes it.</summary>
internal static class ExportDownload
{
    public static void MapExports(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/export", GetAsync);

    private static async Task<IResult> GetAsync(HttpContext context, StoreStreams store, TimeProvider clock, ILogger<StoreStreams> logger, CancellationToken cancellationToken)
    {
        if (!DownloadAnswers.TryToken(context, clock, out var token, out var refusal))
        {
            return refusal;
        }

        try
        {
            using var answer = await store.OpenAsync($"api/v1/export{context.Request.QueryString.Value}", token, cancellationToken);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.OK:
                    await PassOnAsync(answer, context, logger);
                    return Results.Empty;
                case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                    return DownloadAnswers.SignedOut();
                case HttpStatusCode.BadRequest or HttpStatusCode.ServiceUnavailable when await answer.Content.ReadFromJsonAsync<QueryProblem>(cancellationToken) is { } problem:
                    return Results.Text(problem.Title, statusCode: problem.Status);
                default:
                    return Failed($"The Store answered with status {(int)answer.StatusCode}.", null);
            }
        }
        catch (HttpRequestException problem)
        {
            return Failed("The Store cannot be reached.", problem);
        }

        IResult Failed(string text, Exception? problem)
        {
            logger.StoreFailed("api/v1/export", text, "", problem);
            return Results.Text(text, statusCode: StatusCodes.Status502BadGateway);
        }
    }

    private static async Task PassOnAsync(HttpResponseMessage answer, HttpContext context, ILogger logger)
    {
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        context.Response.Headers.ContentDisposition = answer.Content.Headers.ContentDisposition?.ToString();
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await context.Response.StartAsync(context.RequestAborted);
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The user has stopped the download; the Store notices, and records how far it went.
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            // As the Store did it to us: a cut file must not look like a whole one.
            logger.StoreFailed("api/v1/export", "The Store ended its answer early.", "", problem);
            context.Abort();
        }
    }
}
