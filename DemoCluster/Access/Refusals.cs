using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;

namespace KubeLens.DemoCluster.Access;

/// <summary>Refusals in the API server's words (apiserver/pkg/endpoints/handlers/responsewriters/errors.go).</summary>
internal static class Refusals
{
    public static ApiException Unauthorized() => new(StatusCodes.Status401Unauthorized, "Unauthorized", "Unauthorized");

    public static ApiException Forbidden(AccessAttributes attributes, string reason)
    {
        var because = reason.Length == 0 ? "" : $": {reason}";
        if (!attributes.IsResource)
        {
            return new ApiException(StatusCodes.Status403Forbidden, "Forbidden", $"forbidden: User \"{attributes.User.Name}\" cannot {attributes.Verb} path \"{attributes.Path}\"{because}", new JsonObject());
        }

        var kind = attributes.Group.Length == 0 ? attributes.Resource : $"{attributes.Resource}.{attributes.Group}";
        var what = attributes.Name.Length == 0 ? kind : $"{kind} \"{attributes.Name}\"";
        var where = attributes.Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{attributes.Namespace}\"";
        return new ApiException(
            StatusCodes.Status403Forbidden,
            "Forbidden",
            $"{what} is forbidden: User \"{attributes.User.Name}\" cannot {attributes.Verb} resource \"{attributes.CombinedResource}\" in API group \"{attributes.Group}\" {where}{because}",
            Details(attributes.Name, attributes.Group, attributes.Resource));
    }

    /// <param name="field">Such as <c>spec.expirationSeconds</c>.</param>
    /// <param name="problem">Such as <c>Invalid value: 5: may not be less than 10</c>.</param>
    public static ApiException Invalid(string group, string kind, string name, string field, string problem)
    {
        var qualified = group.Length == 0 || kind.Length == 0 ? kind : $"{kind}.{group}";
        var details = Details(name, group, kind);
        details["causes"] = new JsonArray(new JsonObject { ["reason"] = problem.StartsWith("Required", StringComparison.Ordinal) ? "FieldValueRequired" : "FieldValueInvalid", ["message"] = problem, ["field"] = field });
        return new ApiException(StatusCodes.Status422UnprocessableEntity, "Invalid", $"{qualified} \"{name}\" is invalid: {field}: {problem}", details);
    }

    private static JsonObject Details(string name, string group, string kind)
    {
        var details = new JsonObject();
        foreach (var (key, value) in new[] { ("name", name), ("group", group), ("kind", kind) }.Where(part => part.Item2.Length > 0))
        {
            details[key] = value;
        }

        return details;
    }
}
