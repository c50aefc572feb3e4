using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Redact.Protobuf.Tree;

/// <summary>A real apiserver, with objects of many kinds in a namespace of their own, as bodies in JSON and in protobuf.</summary>
internal sealed class RealObjects : IAsyncDisposable
{
    private readonly ClusterAccess _access;
    private readonly TestProcess _proxy;
    private readonly HttpClient _client;

    private RealObjects(ClusterAccess access, TestProcess proxy, Uri address) => (_access, _proxy, _client) = (access, proxy, new HttpClient { BaseAddress = address });

    public string Namespace { get; } = $"trees-{Guid.NewGuid():N}"[..16];

    /// <param name="cluster">Any.</param>
    /// <param name="manifest">Objects for the namespace, whose name is where it says NAMESPACE.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<RealObjects> CreateAsync(TestCluster cluster, string manifest, CancellationToken cancellationToken)
    {
        var access = await cluster.RequireAsync(cancellationToken);
        var proxy = access.Kubectl("admin").Start("proxy", "--port=0");
        var line = await proxy.WaitForLineAsync(text => text.StartsWith("Starting to serve on", StringComparison.Ordinal), cancellationToken);
        var objects = new RealObjects(access, proxy, new Uri($"http://{line[(line.LastIndexOf(' ') + 1)..].Trim()}"));
        await objects.FillAsync(manifest, cancellationToken);
        return objects;
    }

    /// <summary>The paths of all that can be listed, those in namespaces in that of the test.</summary>
    public async Task<IReadOnlyList<string>> ListsAsync(CancellationToken cancellationToken)
    {
        var groups = await JsonAsync("/apis", cancellationToken);
        var roots = groups["groups"]!.AsArray().SelectMany(group => group!["versions"]!.AsArray()).Select(version => $"/apis/{version!["groupVersion"]}").Prepend("/api/v1");
        var paths = new List<string>();
        foreach (var root in roots)
        {
            var resources = (await JsonAsync(root, cancellationToken))["resources"]!.AsArray();
            paths.AddRange(resources
                .Where(resource => resource!["verbs"]!.AsArray().Any(verb => (string?)verb == "list") && (string?)resource["name"] != "componentstatuses")
                .Select(resource => (bool)resource!["namespaced"]! ? $"{root}/namespaces/{Namespace}/{resource["name"]}" : $"{root}/{resource["name"]}"));
        }

        return paths;
    }

    /// <summary>Null where the apiserver has no protobuf of it: custom resources.</summary>
    public async Task<byte[]?> ProtobufAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(ProtobufWire.ContentType));
        using var response = await _client.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(cancellationToken) : null;
    }

    public Task<byte[]> JsonBytesAsync(string path, CancellationToken cancellationToken) => _client.GetByteArrayAsync(path, cancellationToken);

    public async Task<JsonNode> JsonAsync(string path, CancellationToken cancellationToken) => JsonNode.Parse(await JsonBytesAsync(path, cancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        var kubectl = _access.Kubectl("admin");
        (await kubectl.RunAsync(["delete", "namespace", Namespace, "--wait=false"], CancellationToken.None)).Require();
        (await kubectl.RunAsync(["delete", "customresourcedefinition", $"widgets.{Namespace}.example.com", "--ignore-not-found", "--wait=false"], CancellationToken.None)).Require();
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    private async Task FillAsync(string manifest, CancellationToken cancellationToken)
    {
        var kubectl = _access.Kubectl("admin");
        (await kubectl.RunAsync(["create", "namespace", Namespace], cancellationToken)).Require();
        var text = manifest.Replace("NAMESPACE", Namespace, StringComparison.Ordinal);
        await Eventually.SucceedsAsync(
            async () => (await kubectl.RunAsync(["apply", "--namespace", Namespace, "--filename", "-"], cancellationToken, text)).Require(),
            cancellationToken,
            TimeSpan.FromMinutes(1));
    }
}
