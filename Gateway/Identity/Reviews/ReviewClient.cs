using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity.Reviews;

/// <summary>Asks a cluster's apiserver for a review (TokenReview, SubjectAccessReview) or an object, with the gateway's own credential.</summary>
internal sealed class ReviewClient(IUpstreamCluster cluster, TimeProvider clock)
{
    private const int MaxAnswer = 4 << 20; // an object may have 3 MiB
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public TimeProvider Clock => clock;

    /// <param name="kind">For the message when it fails.</param>
    /// <param name="path">Where reviews of this kind are created.</param>
    /// <returns>The review with its <c>status</c>; the caller disposes of it.</returns>
    /// <exception cref="ReviewException">The cluster did not answer, or not with a review.</exception>
    public Task<JsonDocument> CreateAsync(string kind, string path, object review, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(review));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(kind, HttpMethod.Post, path, content, cancellationToken);
    }

    /// <param name="kind">For the message when it fails.</param>
    /// <param name="path">Of one object.</param>
    /// <exception cref="ReviewException">The cluster did not answer, or not with the object.</exception>
    public Task<JsonDocument> ReadAsync(string kind, string path, CancellationToken cancellationToken) => SendAsync(kind, HttpMethod.Get, path, null, cancellationToken);

    private async Task<JsonDocument> SendAsync(string kind, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var request = Request(method, path, content);
            await cluster.AuthorizeAsync(request, limit.Token);
            using var response = await cluster.Invoker.SendAsync(request, limit.Token);
            await response.Content.LoadIntoBufferAsync(MaxAnswer, limit.Token);
            var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(limit.Token));
            return response.IsSuccessStatusCode ? answer : throw Refused(kind, response.StatusCode, answer);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            throw new ReviewException($"cluster \"{cluster.Name}\" did not answer a {kind} within {Patience.TotalSeconds:0} s", e);
        }
        catch (CredentialException e)
        {
            throw new ReviewException(e.Message, e);
        }
        catch (HttpRequestException e)
        {
            throw new ReviewException($"cluster \"{cluster.Name}\" could not be asked for a {kind}: {(e.InnerException ?? e).Message}", e);
        }
        catch (JsonException e)
        {
            throw new ReviewException($"cluster \"{cluster.Name}\" did not answer a {kind} with JSON", e);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, cluster.Address.AbsoluteUri.TrimEnd('/') + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = content,
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    private ReviewException Refused(string kind, HttpStatusCode code, JsonDocument answer)
    {
        using (answer)
        {
            var said = answer.RootElement is { ValueKind: JsonValueKind.Object } status && status.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? $": {message.GetString()}" : "";
            var fix = code is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized ? ". The user of the gateway's kubeconfig needs the ClusterRole system:auth-delegator" : "";
            return new ReviewException($"cluster \"{cluster.Name}\" answered {(int)code} to a {kind}{said}{fix}");
        }
    }
}
