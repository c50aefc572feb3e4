namespace KubeLens.Gateway.Normalize;

/// <summary>HTTP methods as Kubernetes verbs.</summary>
internal static class ApiVerbs
{
    /// <summary>The verb of a resource request; empty for a method without one.</summary>
    public static string OfMethod(string method) => method switch
    {
        "POST" => "create",
        "GET" or "HEAD" => "get",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "",
    };

    /// <summary>The verb of a non-resource request.</summary>
    public static string OfNonResource(string method) => method switch
    {
        "GET" => "get",
        "POST" => "post",
        "PUT" => "put",
        "PATCH" => "patch",
        "DELETE" => "delete",
        "HEAD" => "head",
        "OPTIONS" => "options",
        _ => method.ToLowerInvariant(),
    };
}
