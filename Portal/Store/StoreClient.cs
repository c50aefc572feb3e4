using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace KubeLens.Portal.Store;

/// <summary>Sends a request to the Store and tells its answers apart. Never throws for what a Store or a network may do.</summary>
internal sealed class StoreClient(HttpClient http, ILogger<StoreClient> logger)
{
    private const string Problem = "application/problem+json";

    public async Task<StoreAnswer<T>> SendAsync<T>(HttpRequestMessage request, string? bearer, CancellationToken cancellationToken)
        where T : class
    {
        // The Store's own logs carry this trace id, so the one the error state shows finds both sides.
        var correlation = ActivityTraceId.CreateRandom().ToHexString();
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{correlation}-{ActivitySpanId.CreateRandom().ToHexString()}-00");
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.Created => new(StoreOutcome.Ok, await ReadAsync<T>(response, cancellationToken)),
                HttpStatusCode.BadRequest when (await ReadAsync<BadRequestAnswer>(response, cancellationToken))?.ToProblem() is { } problem => new(StoreOutcome.BadQuery, Problem: problem),
                HttpStatusCode.NoContent => new(StoreOutcome.Ok),
                HttpStatusCode.NotFound => new(StoreOutcome.NotFound),
                HttpStatusCode.Unauthorized => new(StoreOutcome.SignedOut),
                HttpStatusCode.Forbidden or HttpStatusCode.Conflict => Fail((await ReadAsync<ProblemDetails>(response, cancellationToken))?.Detail ?? "The Store refuses it.", null),
                HttpStatusCode.ServiceUnavailable when response.Content.Headers.ContentType?.MediaType == Problem && await ReadAsync<ProblemDetails>(response, cancellationToken) is { } unavailable => Fail(unavailable.Detail ?? unavailable.Title ?? "The Store is not available.", null),
                HttpStatusCode.TooManyRequests => Fail("That is too much at one time. Try again in a moment.", null),
                var status => Fail($"The Store answered with status {(int)status}.", null),
            };
        }
        catch (HttpRequestException problem)
        {
            return Fail($"The Store at {http.BaseAddress?.Authority} cannot be reached.", problem);
        }
        catch (IOException problem)
        {
            return Fail("The Store ended its answer early.", problem);
        }
        catch (JsonException problem)
        {
            return Fail("The Store's answer could not be read.", problem);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail($"The Store did not answer within {http.Timeout.TotalSeconds:0} s.", problem);
        }

        StoreAnswer<T> Fail(string text, Exception? problem)
        {
            logger.StoreFailed(request.RequestUri?.OriginalString.Split('?')[0] ?? "", text, correlation, problem);
            return new(StoreOutcome.Failed, Failure: new StoreFailure(text, correlation));
        }
    }

    /// <summary>A file of the Store's; empty with every outcome but <see cref="StoreOutcome.Ok"/>.</summary>
    public async Task<(StoreOutcome Outcome, byte[] Bytes)> DownloadAsync(HttpRequestMessage request, string bearer, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => (StoreOutcome.Ok, await response.Content.ReadAsByteArrayAsync(cancellationToken)),
                HttpStatusCode.NotFound => (StoreOutcome.NotFound, []),
                HttpStatusCode.Unauthorized => (StoreOutcome.SignedOut, []),
                HttpStatusCode.Forbidden => (StoreOutcome.Refused, []),
                _ => (StoreOutcome.Failed, []),
            };
        }
        catch (HttpRequestException problem)
        {
            logger.StoreFailed(request.RequestUri?.OriginalString ?? "", "The file could not be read.", "", problem);
            return (StoreOutcome.Failed, []);
        }
    }

    private static Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        => response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellationToken);
}
