using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Life.Actors;

/// <summary>Somebody who calls the API: a person at kubectl or a program.</summary>
/// <param name="userAgent">As the real client sends it.</param>
internal sealed class Actor(string user, string token, string userAgent, ApiRoute route)
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";
    public const string StrategicMergePatch = "application/strategic-merge-patch+json";
    public const string Apply = "application/apply-patch+yaml";
    public const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    public string User => user;

    public string Token => token;

    public string UserAgent => userAgent;

    public ApiRoute Route => route;

    /// <param name="path">With its query, from the first slash on.</param>
    public async Task<Answer> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken, JsonNode? body = null, string contentType = Json, string accept = Json, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(route.Address, path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        headers?.Invoke(request.Headers);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        using var response = await route.Invoker.SendAsync(request, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType == Json && bytes.Length > 0 ? JsonNode.Parse(bytes) as JsonObject : null);
    }

    public Task<Answer> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, cancellationToken);

    public Task<Answer> CreateAsync(string path, JsonNode body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, cancellationToken, body);

    public Task<Answer> UpdateAsync(string path, JsonNode body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, path, cancellationToken, body);

    public Task<Answer> PatchAsync(string path, JsonNode body, CancellationToken cancellationToken, string contentType = StrategicMergePatch) =>
        SendAsync(HttpMethod.Patch, path, cancellationToken, body, contentType);

    public Task<Answer> DeleteAsync(string path, CancellationToken cancellationToken, JsonNode? options = null) => SendAsync(HttpMethod.Delete, path, cancellationToken, options);
}
