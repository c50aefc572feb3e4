using System.Collections.Immutable;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.OpenApi.Paths;

/// <summary>A method on a path.</summary>
/// <param name="Action"><c>x-kubernetes-action</c>: get, list, post, put, patch, delete, deletecollection, connect.</param>
/// <param name="Id">The operationId, unique in a document.</param>
internal sealed record ApiOperation(string Method, string Action, string Id)
{
    /// <summary>What the object of the operation is: its apiVersion and kind go into <c>x-kubernetes-group-version-kind</c>.</summary>
    public required SchemaType Subject { get; init; }

    /// <summary>What it answers; null for plain text and streams.</summary>
    public SchemaType? Answer { get; init; }

    /// <summary>What it is sent; null for nothing, or for a patch.</summary>
    public SchemaType? Body { get; init; }

    public ImmutableArray<QueryParameter> Parameters { get; init; } = [];
}
