using System.Text.Json.Nodes;
using KubeLens.DemoCluster.OpenApi.Paths;
using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.OpenApi.Documents;

/// <summary>What both versions of a document say alike.</summary>
internal static class DocumentInfo
{
    public static JsonObject Node() => new() { ["title"] = "Kubernetes", ["version"] = "v1.32.0+kubelens-demo" };

    public static JsonObject Operation(ApiOperation operation) => new()
    {
        ["description"] = $"{OperationNames.Capitalized(operation.Action)}: {operation.Subject.ShortName}.",
        ["operationId"] = operation.Id,
        ["x-kubernetes-action"] = operation.Action,
        ["x-kubernetes-group-version-kind"] = GroupVersionKinds.Of(operation.Subject),
    };

    public static JsonArray Consumes(ApiOperation operation) => operation.Method == "patch"
        ? new JsonArray([.. PatchMediaTypes.All.Select(media => (JsonNode)media)])
        : new JsonArray("application/json");
}
