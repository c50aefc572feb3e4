using System.Text.Json.Nodes;
using KubeLens.DemoCluster.OpenApi.Paths;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.OpenApi.Documents;

/// <summary>The one document of OpenAPI v2 (Swagger), which kubectl before 1.27 goes by.</summary>
internal static class OpenApiV2
{
    private const string Definitions = "#/definitions/";

    private static readonly SchemaWriter Writer = new(Definitions, wrapReferences: false);

    public static JsonObject Document() => new()
    {
        ["swagger"] = "2.0",
        ["info"] = DocumentInfo.Node(),
        ["paths"] = new JsonObject(ApiPaths.All.Select(path => KeyValuePair.Create<string, JsonNode?>(path.Template, Path(path)))),
        ["definitions"] = new JsonObject(ScalarSchemas.Named()
            .Concat(SchemaCatalog.Types.Select(type => KeyValuePair.Create(type.Name, Writer.Write(type))))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value))),
    };

    private static JsonObject Path(ApiPath path)
    {
        var node = new JsonObject(path.Operations.Select(operation => KeyValuePair.Create<string, JsonNode?>(operation.Method, Operation(operation))));
        node["parameters"] = new JsonArray([.. PathParameters.Of(path, new JsonObject { ["type"] = "string" }), Query(QueryParameters.Pretty)]);
        return node;
    }

    private static JsonObject Operation(ApiOperation operation)
    {
        var node = DocumentInfo.Operation(operation);
        node["consumes"] = DocumentInfo.Consumes(operation);
        node["produces"] = new JsonArray("application/json");
        node["parameters"] = new JsonArray([.. Body(operation), .. operation.Parameters.Select(Query)]);
        var success = new JsonObject { ["description"] = "OK" };
        if (operation.Answer is { } answer)
        {
            success["schema"] = Writer.Reference(answer.Name);
        }

        node["responses"] = new JsonObject { ["200"] = success };
        return node;
    }

    private static IEnumerable<JsonNode> Body(ApiOperation operation)
    {
        var name = operation.Method == "patch" ? ScalarSchemas.Patch : operation.Body?.Name;
        return name is null
            ? []
            : [new JsonObject { ["name"] = "body", ["in"] = "body", ["required"] = operation.Method != "delete", ["schema"] = Writer.Reference(name) }];
    }

    private static JsonObject Query(QueryParameter parameter) => new()
    {
        ["name"] = parameter.Name,
        ["in"] = "query",
        ["type"] = parameter.Type,
        ["description"] = parameter.Description,
        ["uniqueItems"] = true,
    };
}
