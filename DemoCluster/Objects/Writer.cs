using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Objects;

/// <summary>Who writes an object, for its managedFields.</summary>
/// <param name="Manager">See <see cref="ManagedFields.ManagerOf"/>.</param>
/// <param name="Subresource"><c>status</c>, <c>scale</c>; empty for the object itself.</param>
internal sealed record Writer(string Manager, string Subresource)
{
    private const string Operation = "Update";

    /// <summary>Signs what a new object came with; a status that its kind gave it is nobody's.</summary>
    public void SignNew(ResourceKind kind, JsonObject kept, DateTimeOffset now)
    {
        kept.Remove("status", out var status);
        ManagedFields.Track(before: null, kept, Manager, Operation, Subresource, Kept(kind), now);
        if (status is not null)
        {
            kept["status"] = status;
        }
    }

    public void Sign(ResourceKind kind, JsonObject before, JsonObject after, DateTimeOffset now) =>
        ManagedFields.Track(before, after, Manager, Operation, Subresource, Kept(kind), now);

    /// <summary>The version whose fields are kept.</summary>
    private static ResourceKind Kept(ResourceKind kind) => ObjectVersions.IsConverted(kind) ? ResourceKinds.Named(kind.Kind) : kind;
}
