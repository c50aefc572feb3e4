using System.Security.Claims;
using KubeLens.Store.Access;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Npgsql;

namespace KubeLens.Store.Audit;

/// <summary>
/// <c>POST /audit/webhook</c>: the audit webhook of a kube-apiserver (<c>--audit-webhook-config-file</c>), in batch and blocking mode. Answered with 200
/// only once committed; an apiserver repeats what is answered with 429 or 503.
/// </summary>
internal static class AuditWebhookApi
{
    public const string Route = "/audit/webhook";

    private const string ContentType = "application/json";
    private const int MostFaults = 5;

    public static RouteHandlerBuilder MapAuditWebhook(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost(Route, PostAsync)
        .WithName("PostAuditEvents")
        .WithTags("Ingest")
        .WithSummary("Take audit events of an apiserver")
        .WithDescription("An audit.k8s.io/v1 EventList, JSON, optionally gzip, with the token of a cluster. Events that cannot be read are refused by name, the others stored. Answers are a Kubernetes Status.")
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { [ContentType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
            };
            return Task.CompletedTask;
        })
        .Produces(StatusCodes.Status200OK)
        .Produces(StatusCodes.Status400BadRequest)
        .Produces(StatusCodes.Status413PayloadTooLarge)
        .Produces(StatusCodes.Status415UnsupportedMediaType)
        .Produces(StatusCodes.Status429TooManyRequests)
        .Produces(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PostAsync(
        HttpContext http, IngestGate gate, AuditIntake intake, DatabaseState database, IOptions<AuditOptions> options, IOptions<IngestOptions> ingest, StoreMetrics metrics, ILogger<AuditIntake> logger, CancellationToken cancellationToken)
    {
        using var pass = await gate.EnterAsync(cancellationToken);
        if (pass is null)
        {
            metrics.Refused(StatusCodes.Status429TooManyRequests);
            return AuditStatus.Later(StatusCodes.Status429TooManyRequests, "Too many deliveries at one time (Ingest:MaxConcurrent, Ingest:MaxWaiting)", ingest.Value.BusyRetrySeconds);
        }

        using var body = await DecodedBody.ReadAsync(http, [ContentType], options.Value.MaxBodyBytes, "Audit:MaxBodyBytes; --audit-webhook-batch-max-size, --audit-webhook-truncate-enabled", cancellationToken);
        if (!body.IsRead)
        {
            return Refuse(http, body.Status, [body.Error], 0, metrics, logger);
        }

        if (!database.IsMigrated)
        {
            return Unavailable("the database schema is not up to date yet", ingest.Value, metrics, logger);
        }

        var cluster = http.User.FindFirstValue(BearerHandler.ClusterClaim) ?? "";
        try
        {
            var list = AuditList.Read(body.Bytes.Value, cluster);
            var taken = await intake.TakeAsync(list.Events, cancellationToken);
            logger.AuditTaken(taken.Events, cluster, taken.Joined);
            return list.Faults.Count == 0 ? AuditStatus.Taken() : Refuse(http, StatusCodes.Status400BadRequest, list.Faults, taken.Events, metrics, logger);
        }
        catch (PostgresException e) when (e.IsAboutTheData())
        {
            logger.AuditFailed(e);
            return AuditStatus.Refused(StatusCodes.Status500InternalServerError, $"The database cannot hold these events: {e.MessageText}");
        }
        catch (Exception e) when (e.IsDatabase())
        {
            return Unavailable(e.GetBaseException().Message, ingest.Value, metrics, logger);
        }
    }

    private static AuditStatus Refuse(HttpContext http, int status, IReadOnlyList<string> faults, int taken, StoreMetrics metrics, ILogger logger)
    {
        metrics.AuditRefused(faults.Count);
        logger.AuditRefused(http.User.Identity?.Name ?? "", faults.Count, faults[0]);
        var more = faults.Count > MostFaults ? FormattableString.Invariant($"; and {faults.Count - MostFaults} more") : "";
        return AuditStatus.Refused(status, $"{string.Join("; ", faults.Take(MostFaults))}{more}{(taken > 0 ? FormattableString.Invariant($" (the other {taken} events are stored)") : "")}");
    }

    private static AuditStatus Unavailable(string reason, IngestOptions options, StoreMetrics metrics, ILogger logger)
    {
        metrics.Refused(StatusCodes.Status503ServiceUnavailable);
        logger.AuditUnavailable(reason);
        return AuditStatus.Later(StatusCodes.Status503ServiceUnavailable, $"The database is away: {reason}", options.UnavailableRetrySeconds);
    }
}
