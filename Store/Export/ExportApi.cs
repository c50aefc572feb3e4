using System.ComponentModel;
using System.Text.Json;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Access.Records;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace KubeLens.Store.Export;

/// <summary><c>GET /api/v1/export</c>.</summary>
internal static class ExportApi
{
    public const string Route = "/api/v1/export";

    public static void MapExport(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Route, GetAsync)
        .WithTags("Calls")
        .WithName("ExportCalls")
        .WithSummary("Every call that a query finds, as a file of any size")
        .WithDescription("Newest first, streamed; calls in flight are left out. For a viewer as one call is: without bodies. An export that cannot be finished ends with its connection aborted. It is recorded who exported what.")
        .Produces<string>(StatusCodes.Status200OK, "application/x-ndjson", "text/csv", "application/json")
        .ProducesSearchProblems();

    // The parameters are named for the OpenAPI document; they are read from the query itself, so that a bad one is told as the others are.
    private static async Task<IResult> GetAsync(
        HttpContext http, CallExport export, ExportGate gate, AccessRecordTable records, DatabaseState database, TimeProvider time, IOptions<ExportOptions> options, StoreMetrics metrics, ILogger<CallExport> logger, IHostApplicationLifetime lifetime,
        [FromQuery, Description("What to find, in the query language; everything when absent.")] string? q,
        [FromQuery, Description("Completed at or after: RFC 3339, Unix seconds, or relative such as now-15m. Default now-1h.")] string? from,
        [FromQuery, Description("Completed at or before. Default now.")] string? to,
        [FromQuery, Description("ndjson, csv, har or audit. Default ndjson.")] string? format)
    {
        _ = (from, to, format);
        var read = ExportRequestReader.Read(http.Request.Query, time.GetUtcNow(), options.Value.PageSize, out var errors);
        if (ContentAccess.Allow(http.User, read, wanted => wanted.Search.Query, q, ref errors) is not { } request)
        {
            return SearchProblem.BadRequest(errors);
        }

        if (!database.IsMigrated)
        {
            return SearchProblem.NotReady();
        }

        var started = time.GetTimestamp();
        using var pass = gate.TryEnter();
        if (pass is null)
        {
            metrics.Exported(request.Format.Name, "busy", 0, TimeSpan.Zero);
            return SearchProblem.Unavailable($"There are {options.Value.MaxConcurrent} exports already, as many as Export:MaxConcurrent allows. Try again when one has ended.");
        }

        // An export may take longer than a shutdown waits.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        ExportRun run;
        var record = 0L;
        request = request with { HasBodies = http.User.SeesBodies() };
        try
        {
            run = await export.BeginAsync(request, stop.Token);
            record = request.HasBodies ? await records.AddAsync(http.User, new AccessRead(AccessActions.Export, Subject: request.Query, Format: request.Format.Name, Range: request.Search.Range), stop.Token) : 0;
        }
        catch (PostgresException e) when (e.IsOutOfTime(stop.Token))
        {
            metrics.Exported(request.Format.Name, "stopped", 0, time.GetElapsedTime(started));
            logger.SearchStopped(options.Value.TimeoutSeconds);
            return SearchProblem.Stopped(q ?? "", options.Value.TimeoutSeconds);
        }
        catch (Exception e) when (e.IsDatabase())
        {
            metrics.Exported(request.Format.Name, "unavailable", 0, time.GetElapsedTime(started));
            logger.SearchUnavailable(e.GetBaseException().Message);
            return SearchProblem.Unavailable();
        }

        var outcome = await StreamAsync(http, request, run, logger, stop.Token);
        await EndAsync(records, record, run.Calls, outcome, logger);
        metrics.Exported(request.Format.Name, outcome, run.Calls, time.GetElapsedTime(started));
        logger.Exported(http.User.Identity?.Name ?? "", run.Calls, request.Format.Name, outcome, JsonEncodedText.Encode(request.Query).Value, request.Search.Range.From, request.Search.Range.To);
        return Results.Empty;
    }

    // That it was begun is recorded; how far it went may stay unknown.
    private static async Task EndAsync(AccessRecordTable records, long record, long calls, string outcome, ILogger logger)
    {
        if (record == 0)
        {
            return;
        }

        try
        {
            await records.EndAsync(record, calls, outcome, CancellationToken.None);
        }
        catch (Exception e) when (e.IsDatabase())
        {
            logger.ExportEndUnrecorded(record, e.GetBaseException().Message);
        }
    }

    private static async Task<string> StreamAsync(HttpContext http, ExportRequest request, ExportRun run, ILogger logger, CancellationToken cancellationToken)
    {
        http.Response.ContentType = request.Format.MediaType;
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = request.FileName }.ToString();
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await http.Response.StartAsync(cancellationToken);
            await run.WriteAsync(http.Response.BodyWriter, cancellationToken);
            return "whole";
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            return "clientLeft";
        }
        catch (Exception e)
        {
            // Its headers are gone, and its status with them: the end is all that can still be wrong.
            logger.ExportCut(e);
            http.Abort();
            return "cut";
        }
    }
}
