using System.Text.Json.Nodes;
using KubeLens.DemoCluster.OpenApi.Paths;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.OpenApi.Documents;

/// <summary>The documents of OpenAPI v3: one for each group and version, with every type it refers to.</summary>
internal static class OpenApiV3
{
    private static readonly SchemaWriter Writer = new("#/components/schemas/", wrapReferences: true);

    /// <summary>By the name the index gives it: <c>api/v1</c>, <c>apis/apps/v1</c>.</summary>
    public static IEnumerable<KeyValuePair<string, JsonObject>> Documents() => ApiPaths.All
        .GroupBy(path => path.Kind.ApiVersion)
        .Select(group => KeyValuePair.Create(group.Key.Contains('/', StringComparison.Ordinal) ? $"apis/{group.Key}" : $"api/{group.Key}", Document([.. group])));

    private static JsonObject Document(IReadOnlyList<ApiPath> paths)
    {
        var types = ReferredTypes.Of(paths.SelectMany(path => path.Operations));
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = DocumentInfo.Node(),
            ["paths"] = new JsonObject(paths.Select(path => KeyValuePair.Create<string, JsonNode?>(path.Template, Path(path)))),
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject(ScalarSchemas.Named().Select(Adapted)
                    .Concat(types.Select(type => KeyValuePair.Create(type.Name, Writer.Write(type))))
                    .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value))),
            },
        };
    }

    /// <summary>v3 can say that a value is one thing or another.</summary>
    private static KeyValuePair<string, JsonObject> Adapted(KeyValuePair<string, JsonObject> named)
    {
        if (named.Key == ScalarSchemas.NameOf(ScalarKind.IntOrString))
        {
            named.Value.Remove("type");
            named.Value["oneOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
        }
        else if (named.Key == ScalarSchemas.NameOf(ScalarKind.Quantity))
        {
            named.Value.Remove("type");
            named.Value["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "number" });
        }

        return named;
    }

    private static JsonObject Path(ApiPath path)
    {
        var node = new JsonObject(path.Operations.Select(operation => KeyValuePair.Create<string, JsonNode?>(operation.Method, Operation(operation))));
        var text = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true } };
        node["parameters"] = new JsonArray([.. PathParameters.Of(path, text), Query(QueryParameters.Pretty)]);
        return node;
    }

    private static JsonObject Operation(ApiOperation operation)
    {
        var node = DocumentInfo.Operation(operation);
        node["parameters"] = new JsonArray([.. operation.Parameters.Select(Query)]);
        var body = operation.Method == "patch" ? ScalarSchemas.Patch : operation.Body?.Name;
        if (body is not null)
        {
            node["requestBody"] = new JsonObject
            {
                ["required"] = operation.Method != "delete",
                ["content"] = new JsonObject(DocumentInfo.Consumes(operation).Select(media => KeyValuePair.Create<string, JsonNode?>(media!.GetValue<string>(), Content(body)))),
            };
        }

        var success = new JsonObject { ["description"] = "OK" };
        if (operation.Answer is { } answer)
        {
            success["content"] = new JsonObject { ["application/json"] = Content(answer.Name) };
        }

        node["responses"] = new JsonObject { ["200"] = success };
        return node;
    }

    private static JsonObject Content(string type) => new() { ["schema"] = Writer.Reference(type) };

    private static JsonObject Query(QueryParameter parameter) => new()
    {
        ["name"] = parameter.Name,
        ["in"] = "query",
        ["description"] = parameter.Description,
        ["schema"] = new JsonObject { ["type"] = parameter.Type, ["uniqueItems"] = true },
    };
}
