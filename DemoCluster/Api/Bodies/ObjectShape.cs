using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Api.Bodies;

/// <summary>
/// Refuses what the API server's typed decoder would refuse: a body of another kind, metadata that is no map, labels that are no text.
/// The rest of an object is taken as it comes.
/// </summary>
internal static class ObjectShape
{
    private static readonly string[] MetadataTexts = ["name", "generateName", "namespace", "uid", "resourceVersion"];
    private static readonly string[] TextMaps = ["labels", "annotations"];
    private static readonly string[] Sections = ["spec", "status"];

    public static void Check(JsonObject value, ResourceKind kind)
    {
        CheckType(value, kind);
        if (value["metadata"] is not (null or JsonObject))
        {
            throw Mismatch(kind, value["metadata"]!, "ObjectMeta", "metadata", "v1.ObjectMeta");
        }

        var metadata = value["metadata"] as JsonObject ?? [];
        foreach (var field in MetadataTexts.Where(field => !IsText(metadata[field])))
        {
            throw Mismatch(kind, metadata[field]!, "ObjectMeta", $"metadata.{field}", "string");
        }

        foreach (var field in TextMaps.Where(field => metadata[field] is not null && (metadata[field] is not JsonObject map || !map.All(pair => IsText(pair.Value)))))
        {
            throw Mismatch(kind, metadata[field]!, "ObjectMeta", $"metadata.{field}", "map[string]string");
        }

        foreach (var field in Sections.Where(field => value[field] is not (null or JsonObject)))
        {
            throw Mismatch(kind, value[field]!, kind.Kind, field, $"{kind.Version}.{kind.Kind}{char.ToUpperInvariant(field[0])}{field[1..]}");
        }

        value["kind"] = kind.Kind;
        value["apiVersion"] = kind.ApiVersion;
    }

    private static void CheckType(JsonObject value, ResourceKind kind)
    {
        var sent = value["kind"]?.ToString() ?? "";
        var version = value["apiVersion"]?.ToString() ?? "";
        if (sent.Length > 0 && sent != kind.Kind)
        {
            throw ApiErrors.BadRequest($"{sent} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: converting ({kind.Version}.{sent}) to ({GroupName(kind)}.{kind.Kind}): unknown conversion");
        }

        if (version.Length > 0 && version != kind.ApiVersion)
        {
            throw ApiErrors.BadRequest($"the API version in the data ({version}) does not match the expected API version ({kind.ApiVersion})");
        }
    }

    private static string GroupName(ResourceKind kind) => kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0];

    private static bool IsText(JsonNode? node) => node is null || node.GetValueKind() == JsonValueKind.String;

    private static ApiException Mismatch(ResourceKind kind, JsonNode node, string type, string field, string wanted)
    {
        var sent = node.GetValueKind() switch
        {
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "object",
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            _ => "bool",
        };
        return ApiErrors.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: json: cannot unmarshal {sent} into Go struct field {type}.{field} of type {wanted}");
    }
}
