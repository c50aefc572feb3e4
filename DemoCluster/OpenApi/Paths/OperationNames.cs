using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.OpenApi.Paths;

/// <summary>Makes operationIds as the API server does: <c>patchAppsV1NamespacedDeploymentStatus</c>.</summary>
internal sealed class OperationNames(ResourceKind kind)
{
    private readonly string _group = kind.Group.Length == 0 ? "Core" : Capitalized(kind.Group.Split('.')[0]);

    public string Of(string verb, string part = "")
    {
        var scope = kind.Namespaced && part != "ForAllNamespaces" ? "Namespaced" : "";
        return $"{verb}{_group}{Capitalized(kind.Version)}{scope}{kind.Kind}{part}";
    }

    public static string Capitalized(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
