using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.Patching.Real;

/// <summary>A real cluster by plain HTTP, through <c>kubectl proxy</c>, with a namespace of the test's own.</summary>
internal sealed class RealApi : IAsyncDisposable
{
    private const string Probe = """{"metadata":{"name":"probe"},"spec":{"containers":[{"name":"c","image":"i"}]}}""";

    private readonly TestProcess _proxy;
    private readonly HttpClient _client;

    private RealApi(TestProcess proxy, Uri address) => (_proxy, _client) = (proxy, new HttpClient { BaseAddress = address });

    public string Namespace { get; } = $"patches-{Guid.NewGuid():N}"[..20];

    public static async Task<RealApi> StartAsync(TestCluster cluster, CancellationToken cancellationToken)
    {
        var access = await cluster.RequireAsync(cancellationToken);
        var proxy = access.Kubectl("admin").Start("proxy", "--port=0");
        var line = await proxy.WaitForLineAsync(text => text.StartsWith("Starting to serve on", StringComparison.Ordinal), cancellationToken);
        var api = new RealApi(proxy, new Uri($"http://{line[(line.LastIndexOf(' ') + 1)..].Trim()}"));
        await api.RequireAsync(HttpMethod.Post, "/api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = api.Namespace } }, cancellationToken);
        await Eventually.Async(
            async () => (await api.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{api.Namespace}/pods?dryRun=All", Probe, "application/json", cancellationToken)).Code == 201,
            cancellationToken,
            TimeSpan.FromMinutes(1),
            "the namespace has its service account, with a token, so that it takes pods");
        return api;
    }

    /// <summary>Sends and expects success.</summary>
    public async Task<JsonObject> RequireAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var (code, answer) = await SendAsync(method, path, body?.ToJsonString(), "application/json", cancellationToken);
        return code is 200 or 201 or 202 ? answer : throw new InvalidOperationException($"{method} {path}: {answer.ToJsonString()}");
    }

    public async Task<(int Code, JsonObject Answer)> SendAsync(HttpMethod method, string path, string? body, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        }

        using var response = await _client.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject());
    }

    public async ValueTask DisposeAsync()
    {
        using (await _client.DeleteAsync($"/api/v1/namespaces/{Namespace}", CancellationToken.None))
        {
            _client.Dispose();
        }

        await _proxy.DisposeAsync();
    }
}
