using System.Collections.Immutable;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.OpenApi.Paths;

/// <summary>One path and what can be done on it.</summary>
/// <param name="Template"><c>/apis/apps/v1/namespaces/{namespace}/deployments/{name}</c></param>
internal sealed record ApiPath(string Template, ResourceKind Kind, ImmutableArray<ApiOperation> Operations)
{
    public bool HasNamespace => Template.Contains("{namespace}", StringComparison.Ordinal);

    public bool HasName => Template.Contains("{name}", StringComparison.Ordinal);
}
