using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Tests.OpenApi;

public sealed class OpenApiMiddlewareTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Index_EveryGroupVersion_LeadsToItsDocument()
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        using var client = Client(host);

        var paths = (await GetJsonAsync(client, "/openapi/v3"))["paths"]!.AsObject();

        paths.Count.ShouldBe(ResourceKinds.All.Select(kind => kind.ApiVersion).Distinct().Count());
        foreach (var (name, entry) in paths)
        {
            var document = await GetJsonAsync(client, entry!["serverRelativeURL"]!.GetValue<string>());
            document["openapi"]!.GetValue<string>().ShouldBe("3.0.0", name);
            DanglingReferences(document, "#/components/schemas/", document["components"]!["schemas"]!.AsObject()).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public async Task V2_Document_HasEveryTypeItRefersTo()
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        using var client = Client(host);

        var document = await GetJsonAsync(client, "/openapi/v2");

        DanglingReferences(document, "#/definitions/", document["definitions"]!.AsObject()).ShouldBeEmpty();
        var ids = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Where(entry => entry.Value is JsonObject).Select(entry => entry.Value!["operationId"]!.GetValue<string>()).ToList();
        ids.Distinct().Count().ShouldBe(ids.Count);
    }

    [Theory]
    [InlineData("/api/v1/namespaces/{namespace}/pods/{name}", "Pod")]
    [InlineData("/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale", "Scale")]
    public async Task Patch_InBothVersions_SaysWhatClientsLookFor(string path, string kind)
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        using var client = Client(host);
        var v3 = path.StartsWith("/api/", StringComparison.Ordinal) ? "/openapi/v3/api/v1" : "/openapi/v3/apis/apps/v1";

        foreach (var document in new[] { "/openapi/v2", v3 })
        {
            var patch = (await GetJsonAsync(client, document))["paths"]![path]!["patch"]!;

            patch["x-kubernetes-group-version-kind"]!["kind"]!.GetValue<string>().ShouldBe(kind);
            string[] wanted = ["dryRun", "fieldManager", "fieldValidation", "force"];
            wanted.ShouldBeSubsetOf(patch["parameters"]!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Hashed_RightHash_MayBeKept_WrongHash_IsSentOn()
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        using var client = Client(host);

        using var wrong = await client.GetAsync("/openapi/v3/api/v1?hash=00", Cancelled);
        wrong.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        using var right = await client.GetAsync(wrong.Headers.Location, Cancelled);
        right.Headers.CacheControl!.Extensions.ShouldContain(extension => extension.Name == "immutable");

        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi/v3/api/v1");
        again.Headers.IfNoneMatch.Add(right.Headers.ETag!);
        using var unchanged = await client.SendAsync(again, Cancelled);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("application/com.github.proto-openapi.spec.v2@v1.0+protobuf", true)]
    [InlineData("application/com.github.proto-openapi.spec.v2.v1.0+protobuf", true)]
    [InlineData("application/json", false)]
    [InlineData("application/json, application/com.github.proto-openapi.spec.v2@v1.0+protobuf", false)]
    [InlineData("*/*", false)]
    public async Task V2_Accept_DecidesTheForm(string accept, bool protobuf)
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        using var client = Client(host);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v2");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await client.SendAsync(request, Cancelled);

        var type = response.Content.Headers.NonValidated["Content-Type"].ToString();
        (type.Contains("protobuf", StringComparison.Ordinal)).ShouldBe(protobuf);
        // Field 1 of a protobuf document is "2.0".
        (await response.Content.ReadAsByteArrayAsync(Cancelled))[0].ShouldBe(protobuf ? (byte)0x0a : (byte)'{');
    }

    [Theory]
    [InlineData("GET", "/openapi/v3/apis/nobody/v1")]
    [InlineData("POST", "/openapi/v2")]
    [InlineData("GET", "/openapi/v4")]
    public async Task Other_Requests_PassOn(string method, string path)
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        using var client = Client(host);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? new StringContent("""{"metadata":{"name":"passed"}}""", new MediaTypeHeaderValue("application/json")) : null };

        using var response = await client.SendAsync(request, Cancelled);

        response.StatusCode.ShouldBe(method == "POST" ? HttpStatusCode.Created : HttpStatusCode.NotFound);
    }

    private static HttpClient Client(OpenApiHost host) => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(host.Address) };

    private static async Task<JsonNode> GetJsonAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path, Cancelled))!;

    private static IEnumerable<string> DanglingReferences(JsonNode? node, string prefix, JsonObject known) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field is { Key: "$ref", Value: JsonValue value }
            ? known.ContainsKey(value.GetValue<string>()[prefix.Length..]) ? [] : [value.GetValue<string>()]
            : DanglingReferences(field.Value, prefix, known)),
        JsonArray items => items.SelectMany(item => DanglingReferences(item, prefix, known)),
        _ => [],
    };
}
