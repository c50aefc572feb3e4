using KubeLens.Store.Database;
using KubeLens.Store.Health;
using KubeLens.Store.InFlight;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Npgsql;

namespace KubeLens.Store.Ingest;

/// <summary><c>POST /v1/logs</c>: OTLP/HTTP in protobuf or JSON, acknowledged only once committed.</summary>
internal static class LogsApi
{
    public const string Route = "/v1/logs";
    public const string ContentType = "application/x-protobuf";

    public static RouteHandlerBuilder MapLogs(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost(Route, PostAsync)
        .WithName("PostLogs")
        .WithTags("Ingest")
        .WithSummary("Store calls")
        .WithDescription("OTLP/HTTP logs (ExportLogsServiceRequest), protobuf or JSON, optionally gzip. Every log record with event name kubelens.call is a call; kubelens.call.open and kubelens.gateway.lease tell of calls that run; others come back as rejected in partial_success. Answers are in what was sent; errors are a google.rpc.Status.")
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            // Not by Accepts: that would let routing answer 415, without the body that OTLP asks for.
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ContentType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
                    [OtlpJson.ContentType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
                },
            };
            return Task.CompletedTask;
        })
        .Produces<byte[]>(StatusCodes.Status200OK, ContentType)
        .Produces<byte[]>(StatusCodes.Status400BadRequest, ContentType)
        .Produces<byte[]>(StatusCodes.Status413PayloadTooLarge, ContentType)
        .Produces<byte[]>(StatusCodes.Status415UnsupportedMediaType, ContentType)
        .Produces<byte[]>(StatusCodes.Status429TooManyRequests, ContentType)
        .Produces<byte[]>(StatusCodes.Status503ServiceUnavailable, ContentType);

    private static async Task<IResult> PostAsync(
        HttpContext http, IngestGate gate, CallCollector collector, IngestWriter writer, OpenWriter open, DatabaseState database,
        IOptions<IngestOptions> options, StoreMetrics metrics, StageNotes notes, ILogger<IngestWriter> logger, CancellationToken cancellationToken)
    {
        using var pass = await gate.EnterAsync(cancellationToken);
        if (pass is null)
        {
            metrics.Refused(StatusCodes.Status429TooManyRequests);
            return OtlpResult.Later(StatusCodes.Status429TooManyRequests, "Too many deliveries at one time (Ingest:MaxConcurrent, Ingest:MaxWaiting)", options.Value.BusyRetrySeconds);
        }

        using var body = await DecodedBody.ReadAsync(http, [ContentType, OtlpJson.ContentType], options.Value.MaxBodyBytes, "Ingest:MaxBodyBytes", cancellationToken);
        if (!body.IsRead)
        {
            return OtlpResult.Error(body.Status, body.Error);
        }

        var isJson = OtlpJson.Is(http.Request);
        var rejections = new Rejections();
        Collected collected;
        try
        {
            collected = collector.Collect(isJson ? OtlpJson.ToProtobuf(body.Bytes.Value.Span) : body.Bytes.Value, rejections);
        }
        catch (InvalidDataException e)
        {
            return OtlpResult.Error(StatusCodes.Status400BadRequest, $"body: no whole ExportLogsServiceRequest ({body.Bytes.Value.Length} bytes): {(isJson ? e.Message : OtlpFault.Locate(body.Bytes.Value.Span, e.Message))}");
        }

        if (!database.IsMigrated)
        {
            return Unavailable("the database schema is not up to date yet", options.Value, metrics, notes, logger);
        }

        try
        {
            await writer.StoreAsync(collected.Calls, rejections, cancellationToken);
            await open.StoreAsync(collected.Open, cancellationToken);
            if (rejections.Count > 0)
            {
                metrics.Rejected(rejections.Count);
                logger.RecordsRejected(rejections.Count, rejections.First);
            }

            notes.Done(Stage.Ingest);
            return OtlpResult.Accepted(rejections.Count, rejections.First);
        }
        catch (PostgresException e) when (e.IsAboutTheData())
        {
            logger.IngestFailed(e);
            notes.Failed(Stage.Ingest, $"The database cannot hold a delivery: {e.MessageText}");
            return OtlpResult.Error(StatusCodes.Status500InternalServerError, $"The database cannot hold this delivery: {e.MessageText}");
        }
        catch (Exception e) when (e.IsDatabase())
        {
            return Unavailable(e.GetBaseException().Message, options.Value, metrics, notes, logger);
        }
    }

    private static OtlpResult Unavailable(string reason, IngestOptions options, StoreMetrics metrics, StageNotes notes, ILogger logger)
    {
        metrics.Refused(StatusCodes.Status503ServiceUnavailable);
        logger.IngestUnavailable(reason);
        notes.Failed(Stage.Ingest, reason);
        return OtlpResult.Later(StatusCodes.Status503ServiceUnavailable, $"The database is away: {reason}", options.UnavailableRetrySeconds);
    }
}
