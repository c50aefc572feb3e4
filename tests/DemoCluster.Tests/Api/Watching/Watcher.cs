using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Api.Watching;

/// <summary>A watch, read line by line.</summary>
internal sealed class Watcher : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private Watcher(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _lines = new StreamReader(body);
    }

    public int Code => (int)_response.StatusCode;

    public static async Task<Watcher> StartAsync(ApiServer server, string path, string accept = "application/json")
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancelled);
        return new Watcher(response, await response.Content.ReadAsStreamAsync(cancelled));
    }

    /// <returns>Null at the watch's end.</returns>
    public async Task<JsonObject?> NextAsync()
    {
        var line = await _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return line is null ? null : (JsonObject)JsonNode.Parse(line)!;
    }

    /// <summary><c>ADDED one</c>; <c>end</c> at the end.</summary>
    public async Task<string> NextTextAsync() =>
        await NextAsync() is { } next ? $"{next.Text("type")} {next.Text("object.metadata.name")}".TrimEnd() : "end";

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
