using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;

namespace KubeLens.DemoCluster.Api.Discovery;

/// <summary>Everything outside of the resources: versions, groups, health.</summary>
internal static class RootPaths
{
    private static readonly string[] Reads = ["GET", "HEAD"];

    /// <returns>False when there is nothing at the path.</returns>
    public static async Task<bool> TryAnswerAsync(HttpContext context, string path)
    {
        var trimmed = path.Length > 1 ? path.TrimEnd('/') : path;
        var parts = trimmed.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var known = parts is [] or ["api" or "apis" or "version"] or ["api", _] or ["apis", _] or ["apis", _, _] || HealthPaths.Has(parts);
        if (known && !Reads.Contains(context.Request.Method))
        {
            throw ApiErrors.NoMethod();
        }

        if (HealthPaths.Has(parts))
        {
            await HealthPaths.AnswerAsync(context, parts);
            return true;
        }

        if (parts is ["api"] or ["apis"] && AggregatedDiscovery.Version(context.Request) is { } version)
        {
            var contentType = $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList";
            await Responses.JsonAsync(context, AggregatedDiscovery.Of(core: parts[0] == "api", version), 200, contentType);
            return true;
        }

        var document = Document(context, parts);
        if (document is not null)
        {
            ResponseForm.Of(context.Request);
            await Responses.JsonAsync(context, document, 200);
        }

        return document is not null || await UnknownAsync(context, parts);
    }

    private static JsonNode? Document(HttpContext context, string[] parts) => parts switch
    {
        [] => ServedPaths(),
        ["version"] => ServerVersion.Document(),
        ["api"] => PlainDiscovery.Versions(context.Request.Host.Value ?? ""),
        ["apis"] => PlainDiscovery.Groups(),
        ["api", var version] => PlainDiscovery.Resources("", version),
        ["apis", var group] => PlainDiscovery.Group(group),
        ["apis", var group, var version] => PlainDiscovery.Resources(group, version),
        _ => null,
    };

    /// <summary>An unknown version of the core group is a Status, an unknown group is plain text, and the rest is told what there is.</summary>
    private static async Task<bool> UnknownAsync(HttpContext context, string[] parts)
    {
        switch (parts)
        {
            case ["api", ..]:
                throw ApiErrors.NoResource();
            case ["apis", var group, ..] when PlainDiscovery.Group(group) is not null:
                throw ApiErrors.NoResource();
            case ["apis", ..]:
                return false;
            default:
                await Responses.JsonAsync(context, ServedPaths(), 404);
                return true;
        }
    }

    private static JsonObject ServedPaths()
    {
        var groups = GroupVersions.All.Where(entry => entry.Group.Length > 0)
            .SelectMany(entry => new[] { $"/apis/{entry.Group}", $"/apis/{entry.Group}/{entry.Version}" })
            .Distinct();
        string[] paths = ["/api", "/api/v1", "/apis", .. groups, "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version"];
        return new JsonObject { ["paths"] = new JsonArray([.. paths.Order(StringComparer.Ordinal).Select(path => (JsonNode)path)]) };
    }
}
