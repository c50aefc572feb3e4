using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.OpenApi.Documents;
using KubeLens.DemoCluster.OpenApi.Gnostic;

namespace KubeLens.DemoCluster.OpenApi;

/// <summary>All documents, each written when it is first asked for and then kept.</summary>
internal sealed class OpenApiAnswers
{
    private const string JsonType = "application/json";

    private readonly Lazy<OpenApiAnswer> _v2 = new(() => Json(OpenApiV2.Document()));
    private readonly Lazy<OpenApiAnswer> _v2Protobuf = new(() => new OpenApiAnswer(GnosticDocument.Write(OpenApiV2.Document()), OpenApiMediaTypes.V2Protobuf));
    private readonly Lazy<FrozenDictionary<string, OpenApiAnswer>> _v3 = new(
        () => OpenApiV3.Documents().ToFrozenDictionary(document => document.Key, document => Json(document.Value)));

    private readonly Lazy<OpenApiAnswer> _v3Index;

    public OpenApiAnswers() => _v3Index = new Lazy<OpenApiAnswer>(() => Json(new JsonObject
    {
        ["paths"] = new JsonObject(_v3.Value.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create<string, JsonNode?>(
            entry.Key, new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{entry.Key}?hash={entry.Value.Hash}" }))),
    }));

    public OpenApiAnswer V2 => _v2.Value;

    public OpenApiAnswer V2Protobuf => _v2Protobuf.Value;

    public OpenApiAnswer V3Index => _v3Index.Value;

    /// <param name="name"><c>api/v1</c>, <c>apis/apps/v1</c>.</param>
    public OpenApiAnswer? V3(string name) => _v3.Value.GetValueOrDefault(name);

    private static OpenApiAnswer Json(JsonObject document) => new(JsonSerializer.SerializeToUtf8Bytes(document), JsonType);
}
