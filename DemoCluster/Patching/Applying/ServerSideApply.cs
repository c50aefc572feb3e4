using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>
/// Server-side apply as if always forced (kubernetes.io/docs/reference/using-api/server-side-apply).
/// <code>
///   applied configuration ──► its fields are the manager's now
///        │
///   1. over the live object        AppliedMerge
///   2. minus what the manager      AppliedRemoval
///      applied before, leaves out now, and nobody else owns
///   3. others lose the fields whose value it changed
/// </code>
/// </summary>
internal static class ServerSideApply
{
    /// <summary>Owns what was there before anybody applied, when managedFields say nothing.</summary>
    private const string BeforeFirstApply = "before-first-apply";

    public static JsonObject Apply(JsonObject? current, JsonObject applied, ResourceKind kind, string manager, DateTimeOffset now)
    {
        AppliedConfiguration.Check(applied, kind, manager);
        AppliedConfiguration.Strip(applied);
        var type = SchemaCatalog.Of(kind);
        var shape = new FieldShape.Structure(type);
        var table = Managers(current, kind, type, now);
        var owned = OwnedFields.Of(applied, type);
        var former = table.Find(manager, ManagerEntry.Applies, "")?.Fields ?? FieldSet.Empty;

        var result = current?.DeepClone().AsObject() ?? [];
        AppliedMerge.Into(result, applied, shape);
        var others = table.OfOthers(manager, ManagerEntry.Applies, "");
        AppliedRemoval.From(result, former.Except(owned), others.Union(owned), shape);

        var changes = FieldChanges.Between(current ?? [], result, type);
        if (changes.IsEmpty && owned.SameAs(former))
        {
            return result;
        }

        table.TakeFromOthers(changes.Set.Union(changes.Removed), manager, ManagerEntry.Applies, "");
        table.Set(new ManagerEntry(manager, ManagerEntry.Applies, "", kind.ApiVersion) { Fields = owned }, now);
        table.WriteTo(result);
        return result;
    }

    private static ManagerTable Managers(JsonObject? current, ResourceKind kind, SchemaType type, DateTimeOffset now)
    {
        var table = ManagerTable.Read(current);
        if (current is not null && table.IsEmpty)
        {
            table.Set(new ManagerEntry(BeforeFirstApply, ManagerEntry.Updates, "", kind.ApiVersion) { Fields = OwnedFields.Of(current, type) }, now);
        }

        return table;
    }
}
