using System.Collections.Immutable;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Api.Discovery;

/// <summary>What can be done with a resource or a subresource, and as which kind it answers.</summary>
internal static class ServedVerbs
{
    private static readonly ImmutableArray<string> Stored = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly ImmutableArray<string> Asked = ["create"];
    private static readonly ImmutableArray<string> Part = ["get", "patch", "update"];

    public static ImmutableArray<string> Of(ResourceKind kind) =>
        !kind.Stored ? Asked
        : kind is { Group: "", Resource: "namespaces" } ? Stored.Remove("deletecollection")
        : Stored;

    public static Subresource Of(ResourceKind kind, string name) => name switch
    {
        "scale" => new(name, "autoscaling", "v1", "Scale", Part),
        "finalize" => new(name, kind.Group, kind.Version, kind.Kind, ["update"]),
        "log" => new(name, kind.Group, kind.Version, kind.Kind, ["get"]),
        "exec" => new(name, "", "v1", "PodExecOptions", ["create", "get"]),
        "attach" => new(name, "", "v1", "PodAttachOptions", ["create", "get"]),
        "portforward" => new(name, "", "v1", "PodPortForwardOptions", ["create", "get"]),
        "eviction" => new(name, "policy", "v1", "Eviction", Asked),
        "binding" => new(name, "", "v1", "Binding", Asked),
        "token" => new(name, "authentication.k8s.io", "v1", "TokenRequest", Asked),
        _ => new(name, kind.Group, kind.Version, kind.Kind, Part),
    };

    internal sealed record Subresource(string Name, string Group, string Version, string Kind, ImmutableArray<string> Verbs);
}
