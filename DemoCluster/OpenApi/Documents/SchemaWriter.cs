using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.OpenApi.Documents;

/// <summary>Writes types as OpenAPI schemas.</summary>
/// <param name="definitions">Where references point: <c>#/definitions/</c> in v2, <c>#/components/schemas/</c> in v3.</param>
/// <param name="wrapReferences">In v3 a reference stands alone, so what is said of a field goes beside an <c>allOf</c>.</param>
internal sealed class SchemaWriter(string definitions, bool wrapReferences)
{
    public JsonObject Write(SchemaType type)
    {
        var schema = new JsonObject { ["description"] = type.Description, ["type"] = "object" };
        var required = type.Fields.Where(field => field.Required).Select(field => (JsonNode)field.Name).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        schema["properties"] = new JsonObject(type.Fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Name, Property(field))));
        if (type.Atomic)
        {
            schema["x-kubernetes-map-type"] = "atomic";
        }

        if (type.ApiVersion.Length > 0)
        {
            schema["x-kubernetes-group-version-kind"] = new JsonArray(GroupVersionKinds.Of(type));
        }

        return schema;
    }

    public JsonObject Reference(string name) => new() { ["$ref"] = definitions + name };

    private JsonObject Property(SchemaField field)
    {
        var schema = Shape(field.Shape);
        if (wrapReferences && schema.ContainsKey("$ref"))
        {
            schema = new JsonObject { ["allOf"] = new JsonArray(schema), ["default"] = field.Shape is FieldShape.Structure && field.Required ? new JsonObject() : null };
            if (schema["default"] is null)
            {
                schema.Remove("default");
            }
        }

        if (field.Description.Length > 0)
        {
            schema["description"] = field.Description;
        }

        if (field.Default.Length > 0)
        {
            schema["default"] = field.Default;
        }

        ListExtensions.Add(schema, field);
        return schema;
    }

    private JsonObject Shape(FieldShape shape) => shape switch
    {
        FieldShape.Structure structure => Reference(structure.Type.Name),
        FieldShape.Map map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Shape(map.Value) },
        FieldShape.Sequence list => new JsonObject { ["type"] = "array", ["items"] = Shape(list.Item) },
        FieldShape.Scalar { Kind: var kind } when ScalarSchemas.NameOf(kind) is { } name => Reference(name),
        FieldShape.Scalar { Kind: var kind } => ScalarSchemas.Inline(kind),
        _ => throw new InvalidOperationException($"No OpenAPI form for {shape}."),
    };
}
