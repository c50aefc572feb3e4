using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Api;

/// <param name="Text">The body as sent; <see cref="Body"/> is it as JSON.</param>
internal sealed record ApiReply(int Code, string Text, string ContentType, ILookup<string, string> Headers)
{
    public JsonObject Body => (JsonObject)JsonNode.Parse(Text)!;

    public string this[string path] => Body.At(path).Plain();

    public IReadOnlyList<string> Names => [.. Body.Maps("items").Select(item => item.Name())];

    public static async Task<ApiReply> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        response.Content.Headers.ContentType?.ToString() ?? "",
        response.Headers.SelectMany(header => header.Value.Select(value => (header.Key, value))).ToLookup(pair => pair.Key, pair => pair.value));
}
