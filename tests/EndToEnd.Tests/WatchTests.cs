using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.EndToEnd.Tests.Transparency;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>Watches of a real apiserver through a gateway: their records count what the client itself has read.</summary>
public sealed class WatchTests(TestCluster cluster) : IAsyncLifetime
{
    private const int Objects = 12, Letters = 3_000;

    private readonly string _run = $"watch-{Guid.NewGuid():N}"[..14];
    private ClusterAccess? _access;
    private TransparentGateway? _gateway;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => $"/api/v1/namespaces/{_run}/configmaps";

    public async ValueTask InitializeAsync()
    {
        _access = await cluster.RequireAsync(Cancel);
        (await _access.Kubectl("admin").RunAsync(["create", "namespace", _run], Cancel)).Require();
        _gateway = await TransparentGateway.StartAsync(_access.Kubeconfig("admin"), "credential", Cancel, ("Capture__ResponseBodyBytes", "2048"), ("Capture__WatchEvents", "5"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_access is not null)
        {
            await _access.Kubectl("admin").RunAsync(["delete", "namespace", _run, "--wait=false"], CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json;as=Table;v=v1;g=meta.k8s.io")]
    public async Task Watch_BeyondTheCap_IsCountedAsTheClientReadIt(string accept)
    {
        var (bytes, watch) = await WatchAsync(accept);

        var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var events = lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        List<string> Of(string type) => [.. lines.Where((_, i) => events[i].GetProperty("type").GetString() == type)];
        (watch.Encoding, watch.Uncounted, watch.Errors, watch.Unknown).ShouldBe(("json", "", 0, 0));
        (watch.Added, watch.Modified, watch.Deleted, watch.Bookmarks).ShouldBe((Of("ADDED").Count, Of("MODIFIED").Count, Of("DELETED").Count, Of("BOOKMARK").Count));
        (watch.AddedBytes, watch.ModifiedBytes, watch.DeletedBytes, watch.BookmarkBytes).ShouldBe((Size(Of("ADDED")), Size(Of("MODIFIED")), Size(Of("DELETED")), Size(Of("BOOKMARK"))));
        watch.Deleted.ShouldBe(Objects);
        watch.Modified.ShouldBeGreaterThanOrEqualTo(Objects);

        var metadata = events.Select(e => e.GetProperty("object")).Select(o => o.TryGetProperty("rows", out var rows) && rows.GetArrayLength() > 0 ? rows[0].GetProperty("object") : o).Select(o => o.GetProperty("metadata")).ToList();
        var versions = metadata.Select(m => m.GetProperty("resourceVersion").GetString()).ToList();
        (watch.FirstVersion, watch.LastVersion).ShouldBe((versions[0], versions[^1]));
        watch.Events.Select(e => (e.Type, e.Name, e.ResourceVersion)).ShouldBe(
            events.Take(5).Select((e, i) => (e.GetProperty("type").GetString()!, metadata[i].GetProperty("name").GetString()!, versions[i]!)));
    }

    [Fact]
    public async Task Watch_InProtobuf_IsCountedAsTheClientReadIt()
    {
        var (bytes, watch) = await WatchAsync("application/vnd.kubernetes.protobuf;stream=watch");

        var sizes = new List<int>();
        for (var at = 0; at < bytes.Length; at += 4 + sizes[^1])
        {
            sizes.Add(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)));
        }

        (watch.Encoding, watch.Uncounted, watch.Total(), watch.Deleted).ShouldBe(("protobuf", "", sizes.Count, Objects));
        watch.Events.Select(e => e.Bytes).ShouldBe(sizes.Take(5).Select(size => (long)size));
        watch.Events.ShouldAllBe(e => e.Type == "ADDED" && e.Namespace == _run && e.Name.Length > 0 && e.ResourceVersion.Length > 0);
    }

    private static long Size(List<string> lines) => lines.Sum(line => (long)Encoding.UTF8.GetByteCount(line));

    // Objects are there when it begins and are deleted while it runs; the apiserver ends it, a bookmark before that.
    private async Task<(byte[] Bytes, CallWatch Watch)> WatchAsync(string accept)
    {
        using var client = GatewayClient.From(_gateway!.Issued);
        var data = new string('x', Letters);
        for (var i = 0; i < Objects; i++)
        {
            (await SendAsync(client, HttpMethod.Post, Path, $$$"""{"metadata":{"name":"shop-{{{i}}}"},"data":{"a":"{{{data}}}"} }""")).ShouldBe(HttpStatusCode.Created);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?watch=1&allowWatchBookmarks=true&timeoutSeconds=5") { Headers = { { "Accept", accept } } };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        var reading = answer.Content.ReadAsByteArrayAsync(Cancel);
        for (var i = 0; i < Objects; i++)
        {
            (await SendAsync(client, HttpMethod.Patch, $"{Path}/shop-{i}", """{"data":{"b":"é\n\"}"}}""")).ShouldBe(HttpStatusCode.OK);
            (await SendAsync(client, HttpMethod.Delete, $"{Path}/shop-{i}", "")).ShouldBe(HttpStatusCode.OK);
        }

        return (await reading, (await CallAsync()).Watch);
    }

    private Task<CallRecord> CallAsync() => _gateway!.Sink.SingleAsync(call => call.Namespace == _run && call.Verb == "watch", Cancel);

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, HttpMethod method, string target, string body)
    {
        using var request = new HttpRequestMessage(method, target);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8, method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json");
            request.Content.Headers.ContentType!.CharSet = null;
        }

        using var answer = await client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
