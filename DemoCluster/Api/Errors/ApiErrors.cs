using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Api.Errors;

/// <summary>The API server's errors in its own words; clients match on some of them.</summary>
internal static class ApiErrors
{
    public const string Modified = "the object has been modified; please apply your changes to the latest version and try again";

    public static ApiException NotFound(ResourceKind kind, string name) =>
        new(404, "NotFound", $"{Qualified(kind)} \"{name}\" not found", Details(kind, name));

    /// <summary>For a path, not for an object.</summary>
    public static ApiException NoResource() => new(404, "NotFound", "the server could not find the requested resource", []);

    public static ApiException NoMethod() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static ApiException AlreadyExists(ResourceKind kind, string name) =>
        new(409, "AlreadyExists", $"{Qualified(kind)} \"{name}\" already exists", Details(kind, name));

    public static ApiException Conflict(ResourceKind kind, string name, string why = Modified) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {Qualified(kind)} \"{name}\": {why}", Details(kind, name));

    /// <summary>Of a delete; speaks of the kind where other conflicts speak of the resource.</summary>
    public static ApiException PreconditionFailed(ResourceKind kind, string name, string why)
    {
        var details = Details(kind, name);
        details["kind"] = kind.Kind;
        var qualified = kind.Group.Length == 0 ? kind.Kind : $"{kind.Kind}.{kind.Group}";
        return new ApiException(409, "Conflict", $"Operation cannot be fulfilled on {qualified} \"{name}\": {why}", details);
    }

    public static ApiException Forbidden(ResourceKind kind, string name, string why, JsonArray? causes = null)
    {
        var details = Details(kind, name);
        if (causes is not null)
        {
            details["causes"] = causes;
        }

        return new ApiException(403, "Forbidden", $"{Qualified(kind)} \"{name}\" is forbidden: {why}", details);
    }

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>An error that the API server passes on without a reason of its own.</summary>
    public static ApiException Internal(string message) => new(500, "", message);

    public static ApiException Expired(string message) => new(410, "Expired", message);

    public static ApiException UnsupportedMediaType(params ReadOnlySpan<string> accepted) =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", accepted)}");

    public static ApiException NotAcceptable(params ReadOnlySpan<string> offered) =>
        new(406, "NotAcceptable", $"only the following media types are accepted: {string.Join(", ", offered)}");

    public static ApiException VersionTooLarge(long asked, long current) => new(
        504,
        "Timeout",
        $"Timeout: Too large resource version: {asked}, current: {current}",
        new JsonObject
        {
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
            ["retryAfterSeconds"] = 1,
        });

    public static JsonObject Details(ResourceKind kind, string name)
    {
        var details = new JsonObject();
        if (name.Length > 0)
        {
            details["name"] = name;
        }

        if (kind.Group.Length > 0)
        {
            details["group"] = kind.Group;
        }

        details["kind"] = kind.Resource;
        return details;
    }

    /// <summary><c>deployments.apps</c>.</summary>
    private static string Qualified(ResourceKind kind) => kind.Group.Length == 0 ? kind.Resource : $"{kind.Resource}.{kind.Group}";
}
