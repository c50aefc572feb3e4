using System.Net;
using System.Net.Http.Headers;

namespace KubeLens.EndToEnd.Tests.Transparency.Operations;

/// <summary>Requests that kubectl does not make and other clients do.</summary>
internal static class RawOperations
{
    private const string Json = "application/json";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
    private const string Maps = "/api/v1/namespaces/{ns}/configmaps";
    private const string Shared = "/api/v1/namespaces/{shared}/configmaps";
    private const string Exact = Shared + "?resourceVersion={version}&resourceVersionMatch=Exact&limit=1000";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IReadOnlyList<Operation> All { get; } =
    [
        // Targets
        Both("get", "GET", Shared + "/c01"),
        Both("escaped-slash", "GET", "/api/v1/namespaces/{ns}%2Fconfigmaps"),
        Both("escaped-slash-in-name", "GET", Maps + "/a%2Fb"),
        Both("escaped-letters", "GET", "/api/v1/namespaces/{shared}/%63onfigmaps/c%30%31"),
        Both("double-slash", "GET", "/api/v1//namespaces/{shared}/configmaps/c01"),
        Both("slash-at-end", "GET", "/api/v1/namespaces/{shared}/configmaps/"),
        Both("dots", "GET", "/healthz/../api/v1/./namespaces/{shared}"),
        Both("escaped-dots", "GET", "/api/v1/namespaces/%2e%2e/{shared}"),
        Both("percent", "GET", "/api/v1/namespaces/%25"),
        Both("unicode", "GET", "/api/v1/namespaces/%E4%BD%A0%E5%A5%BD"),
        Both("semicolon", "GET", "/version;a=b?c;d"),
        Both("query-escapes", "GET", Shared + "?labelSelector=half%3D1&fieldSelector=metadata.name%3Dc01&x=%2B+%20&y"),
        Both("query-invalid-escape", "GET", Shared + "/c01?x=%zz"),
        Both("query-twice", "GET", Shared + "?limit=1&limit=2&labelSelector=half=0"),
        Both("query-empty", "GET", Shared + "/c01?"),
        Both("query-question-marks", "GET", Shared + "/c01??a=b?c=d"),
        Both("selector-12k", "GET", Shared + "?limit=1&labelSelector=half+notin+(" + string.Join(',', Enumerable.Range(0, 2000).Select(i => $"v{i:00000}")) + ")"),
        Raw("target-absent", "GET", "/"),
        // Methods
        Both("head", "HEAD", Shared + "/c01"),
        Both("head-404", "HEAD", "/nothing"),
        Both("options", "OPTIONS", Shared),
        Raw("trace", "TRACE", Shared),
        Both("unusual-method", "PROPFIND", Shared),
        Raw("lower-case-method", "get", Shared + "/c01"),
        Raw("method-405", "PUT", Shared, body: "{}"),
        Raw("post-to-name", "POST", Shared + "/c01", body: "{}"),
        Both("not-found", "GET", "/apis/nothing.example.org/v1/things"),
        // Bodies
        Both("create", "POST", Maps, body: Map("raw-{v}")),
        Raw("create-dry-run", "POST", Maps + "?dryRun=All", body: Map("raw-dry")),
        Raw("create-bad-json", "POST", Maps, body: "{\"kind\":\"ConfigMap\","),
        Raw("create-no-body", "POST", Maps, body: ""),
        Raw("create-bad-type", "POST", Maps, body: "x", type: "text/plain"),
        Raw("create-yaml", "POST", Maps, body: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: raw-yaml}\n", type: "application/yaml"),
        Raw("patch-bad-type", "PATCH", Maps + "/raw-1", body: "{}", type: "application/unknown-patch+json"),
        Raw("patch-merge", "PATCH", Maps + "/raw-1", body: """{"data":{"x":"y"}}""", type: "application/merge-patch+json"),
        Raw("chunked", "POST", Maps, body: Map("raw-chunked"), edit: request => request.Headers.TransferEncodingChunked = true),
        Raw("expect-continue", "POST", Maps, body: Map("raw-expect"), edit: request => request.Headers.ExpectContinue = true),
        Both("body-1-mib", "POST", Maps, body: Map("raw-1m-{v}", 1_000_000)),
        Both("body-2.9-mib", "POST", Maps + "?dryRun=All", body: Map("raw-3m", 2_900_000)),
        // Over HTTP/2 the apiserver's own reset sometimes overtakes its answer, so that a client sees either, with and without a gateway.
        Raw("body-too-large", "POST", Maps, body: Map("raw-4m", 4_000_000)),
        Raw("body-on-get", "GET", Shared + "/c01", body: "{}"),
        Raw("delete-with-options", "DELETE", Maps + "/raw-chunked", body: """{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"00000000-0000-0000-0000-000000000000"}}"""),
        Raw("delete-collection", "DELETE", Maps + "?labelSelector=nobody%3Dhas"),
        // Answers
        Both("list-gzip", "GET", Exact, bytes: true, edit: Accepting("gzip")),
        Both("list-plain", "GET", Exact, bytes: true),
        Raw("list-deflate", "GET", Exact, bytes: true, edit: Accepting("deflate, br")),
        Both("list-protobuf", "GET", Exact, bytes: true, edit: Taking(Protobuf)),
        Raw("list-table", "GET", Exact, bytes: false, edit: Taking("application/json;as=Table;v=v1;g=meta.k8s.io")),
        Raw("list-metadata", "GET", Exact, bytes: true, edit: Taking("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")),
        Raw("yaml", "GET", Shared + "/c01", edit: Taking("application/yaml")),
        Raw("not-acceptable", "GET", Shared + "/c01", edit: Taking("image/png")),
        Raw("accept-list", "GET", Shared + "/c01", edit: Taking("application/cbor, application/vnd.kubernetes.protobuf;q=0.5, application/json;q=0.1")),
        Both("warning", "GET", "/apis/extensions/v1beta1/namespaces/{shared}/ingresses"),
        Both("openapi", "GET", "/openapi/v2", bytes: true, edit: Accepting("gzip")),
        Raw("etag", "GET", "/openapi/v2", edit: request => request.Headers.TryAddWithoutValidation("If-None-Match", "\"nothing\""), bytes: true),
        Raw("page", "GET", Shared + "?limit=3"),
        Raw("page-continued", PageAsync),
        Raw("page-continue-bad", "GET", Shared + "?limit=3&continue=rubbish"),
        Raw("watch-too-old", "GET", Shared + "?watch=1&resourceVersion=1&timeoutSeconds=2"),
        Both("watch", "GET", Shared + "?watch=1&resourceVersion={version}&timeoutSeconds=1"),
        Both("watch-initial", "GET", Shared + "?watch=1&resourceVersion=0&timeoutSeconds=1&fieldSelector=metadata.name%3Dc01"),
        Raw("watch-protobuf", "GET", Shared + "?watch=1&resourceVersion=0&timeoutSeconds=1&fieldSelector=metadata.name%3Dc01", bytes: true, edit: Taking(Protobuf + ";stream=watch")),
        Raw("watch-bad-selector", "GET", Shared + "?watch=1&labelSelector=%21%21"),
        Raw("metrics", MetricsAsync),
        Both("livez", "GET", "/livez?verbose&exclude=etcd"),
        // Credentials and headers
        Both("wrong-token", "GET", "/api", edit: request =>
        {
            request.Headers.Remove("Authorization");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer wrong");
        }),
        Raw("many-headers", "GET", Shared + "/c01", edit: request => Enumerable.Range(0, 300).ToList().ForEach(i => request.Headers.TryAddWithoutValidation($"X-Filler-{i}", new string('f', 100)))),
        Raw("large-header", "GET", Shared + "/c01", edit: request => request.Headers.TryAddWithoutValidation("X-Large", new string('l', 60_000))),
        Raw("range", "GET", Exact, bytes: true, edit: request => request.Headers.Range = new RangeHeaderValue(0, 99)),
        Raw("te-trailers", "GET", Shared + "/c01", edit: request => request.Headers.TryAddWithoutValidation("TE", "trailers")),
        Raw("cookie", "GET", Shared + "/c01", edit: request => request.Headers.TryAddWithoutValidation("Cookie", "a=b")),
    ];

    private static Operation Raw(string name, string method, string target, string? body = null, string type = Json, bool bytes = false, Action<HttpRequestMessage>? edit = null) =>
        Raw($"raw-{name}", HttpVersion.Version11, method, target, body, type, bytes, edit);

    private static Operation Raw(string name, Func<Side, Task<Observation>> run) => new($"raw-{name}", run);

    /// <summary>The same over HTTP/1.1 and over HTTP/2.</summary>
    private static Operation Both(string name, string method, string target, string? body = null, string type = Json, bool bytes = false, Action<HttpRequestMessage>? edit = null) => new($"raw-{name}", async side =>
    {
        var both = new Observation();
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            var seen = await Raw(name, version, method, target.Replace("{v}", $"{version.Major}", StringComparison.Ordinal), body?.Replace("{v}", $"{version.Major}", StringComparison.Ordinal), type, bytes, edit).RunAsync(side);
            foreach (var (aspect, value) in seen.Aspects)
            {
                both.With($"h{version.Major} {aspect}", value);
            }
        }

        return both;
    });

    private static Operation Raw(string name, Version version, string method, string target, string? body, string type, bool bytes, Action<HttpRequestMessage>? edit) => new(name, async side =>
    {
        using var request = side.Api.Request(method, Fill(target, side), version);
        request.Headers.TryAddWithoutValidation("User-Agent", $"{side.Agent}/raw");
        if (body is not null)
        {
            request.Content = new StringContent(body, new MediaTypeHeaderValue(type));
        }

        edit?.Invoke(request);
        return await SendAsync(side, request, bytes);
    });

    private static async Task<Observation> SendAsync(Side side, HttpRequestMessage request, bool bytes)
    {
        try
        {
            using var response = await side.Api.Client.SendAsync(request, Cancel);
            return await Observation.OfAsync(response, bytes, Cancel);
        }
        catch (HttpRequestException failure)
        {
            return new Observation().With("failure", $"{failure.HttpRequestError} {failure.Message}");
        }
    }

    // The second page is asked for with the token of the first, which each side has its own of.
    private static async Task<Observation> PageAsync(Side side)
    {
        using var first = side.Api.Request("GET", Fill(Shared + "?limit=25", side), HttpVersion.Version20);
        first.Headers.TryAddWithoutValidation("User-Agent", $"{side.Agent}/raw");
        using var response = await side.Api.Client.SendAsync(first, Cancel);
        using var page = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        var token = page.RootElement.GetProperty("metadata").GetProperty("continue").GetString()!;
        return await Raw("continued", HttpVersion.Version20, "GET", $"{Shared}?limit=1000&continue={Uri.EscapeDataString(token)}", null, Json, false, null).RunAsync(side);
    }

    // Which metrics there are and how they are described; the numbers move.
    private static async Task<Observation> MetricsAsync(Side side)
    {
        using var request = side.Api.Request("GET", "/metrics", HttpVersion.Version20);
        request.Headers.TryAddWithoutValidation("User-Agent", $"{side.Agent}/raw");
        using var response = await side.Api.Client.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        return new Observation().With("status", $"{(int)response.StatusCode}").With("type", $"{response.Content.Headers.ContentType}").With("body", string.Join('\n', text.Split('\n').Where(line => line.StartsWith("# TYPE apiserver", StringComparison.Ordinal))));
    }

    private static string Fill(string text, Side side) => text
        .Replace("{ns}", side.Namespace, StringComparison.Ordinal)
        .Replace("{shared}", side.Scene.Shared, StringComparison.Ordinal)
        .Replace("{version}", side.Scene.SharedVersion, StringComparison.Ordinal);

    private static Action<HttpRequestMessage> Accepting(string encoding) => request => request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);

    private static Action<HttpRequestMessage> Taking(string type) => request => request.Headers.TryAddWithoutValidation("Accept", type);

    private static string Map(string name, int size = 1) => $$$"""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"{{{name}}}"},"data":{"x":"{{{new string('x', Math.Min(size, 900_000))}}}"},"binaryData":{},"filler":"{{{new string('y', Math.Max(0, size - 900_000))}}}"}""";
}
