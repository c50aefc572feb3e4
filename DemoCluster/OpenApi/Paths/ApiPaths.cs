using System.Collections.Immutable;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.OpenApi.Paths;

/// <summary>Every resource path this cluster serves, from <see cref="ResourceKinds.All"/>.</summary>
internal static class ApiPaths
{
    public static readonly ImmutableArray<ApiPath> All = [.. ResourceKinds.All.SelectMany(Of)];

    private static IEnumerable<ApiPath> Of(ResourceKind kind)
    {
        var type = SchemaCatalog.Of(kind);
        var root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
        var scope = kind.Namespaced ? $"{root}/namespaces/{{namespace}}/{kind.Resource}" : $"{root}/{kind.Resource}";
        var named = new OperationNames(kind);
        if (!kind.Stored)
        {
            yield return new ApiPath(scope, kind, [Send(named.Of("create"), type)]);
            yield break;
        }

        var list = SchemaCatalog.Find(kind.ApiVersion, $"{kind.Kind}List")!;
        if (kind.Namespaced)
        {
            yield return new ApiPath($"{root}/{kind.Resource}", kind, [List(named.Of("list", "ForAllNamespaces"), type, list)]);
        }

        yield return new ApiPath(scope, kind, [List(named.Of("list"), type, list), Send(named.Of("create"), type), DeleteMany(named.Of("deletecollection"), type)]);
        yield return new ApiPath($"{scope}/{{name}}", kind, [.. Change(named, "", type), Delete(named.Of("delete"), type)]);
        foreach (var subresource in kind.Subresources)
        {
            yield return new ApiPath($"{scope}/{{name}}/{subresource}", kind, [.. Subresource(subresource, named, type)]);
        }
    }

    private static IEnumerable<ApiOperation> Subresource(string subresource, OperationNames named, SchemaType type) => subresource switch
    {
        "status" => Change(named, "Status", type),
        "scale" => Change(named, "Scale", SchemaCatalog.Find("autoscaling/v1", "Scale")!),
        "finalize" => [Put(named.Of("replace", "Finalize"), type)],
        "token" => [Send(named.Of("create", "Token"), SchemaCatalog.Find("authentication.k8s.io/v1", "TokenRequest")!)],
        "eviction" => [Send(named.Of("create", "Eviction"), SchemaCatalog.Find("policy/v1", "Eviction")!)],
        "binding" => [Send(named.Of("create", "Binding"), SchemaCatalog.Find("v1", "Binding")!)],
        "log" => [new("get", "get", named.Of("read", "Log")) { Subject = type }],
        _ =>
        [
            new("get", "connect", named.Of("connectGet", OperationNames.Capitalized(subresource))) { Subject = type },
            new("post", "connect", named.Of("connectPost", OperationNames.Capitalized(subresource))) { Subject = type },
        ],
    };

    private static IEnumerable<ApiOperation> Change(OperationNames named, string part, SchemaType type) =>
    [
        new("get", "get", named.Of("read", part)) { Subject = type, Answer = type },
        Put(named.Of("replace", part), type),
        new("patch", "patch", named.Of("patch", part)) { Subject = type, Answer = type, Parameters = QueryParameters.Of("patch") },
    ];

    private static ApiOperation Put(string id, SchemaType type)
        => new("put", "put", id) { Subject = type, Answer = type, Body = type, Parameters = QueryParameters.Of("put") };

    private static ApiOperation Send(string id, SchemaType type)
        => new("post", "post", id) { Subject = type, Answer = type, Body = type, Parameters = QueryParameters.Of("post") };

    private static ApiOperation List(string id, SchemaType type, SchemaType list)
        => new("get", "list", id) { Subject = type, Answer = list, Parameters = QueryParameters.Of("list") };

    private static ApiOperation Delete(string id, SchemaType type) => Removal("delete", id, type);

    private static ApiOperation DeleteMany(string id, SchemaType type) => Removal("deletecollection", id, type);

    private static ApiOperation Removal(string action, string id, SchemaType type) => new("delete", action, id)
    {
        Subject = type,
        Answer = SchemaCatalog.Find("v1", "Status")!,
        Body = SchemaCatalog.Find("v1", "DeleteOptions")!,
        Parameters = QueryParameters.Of(action),
    };
}
