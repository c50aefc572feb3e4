using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Patching.Applying;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching;

/// <summary>Keeps metadata.managedFields for creates, updates and patches; server-side apply keeps its own.</summary>
internal static class ManagedFields
{
    private const int LongestManager = 128;

    /// <summary>
    /// Notes in <paramref name="after"/> that the manager has set what it changed, and that others no longer own it.
    /// An empty managedFields in <paramref name="after"/> starts anew; a missing one goes on from <paramref name="before"/>.
    /// </summary>
    /// <param name="before">Null for a create.</param>
    /// <param name="operation"><c>Update</c> for everything but apply.</param>
    /// <param name="subresource"><c>status</c>, <c>scale</c>; empty for the object itself.</param>
    public static void Track(
        JsonObject? before, JsonObject after, string manager, string operation, string subresource, ResourceKind kind, DateTimeOffset now)
    {
        var sent = (after["metadata"] as JsonObject)?["managedFields"];
        var table = ManagerTable.Read(sent is JsonArray ? after : before);
        var changes = FieldChanges.Between(before ?? [], after, SchemaCatalog.Of(kind));
        if (!changes.IsEmpty)
        {
            table.TakeFromOthers(changes.Set.Union(changes.Removed), manager, operation, subresource);
            var own = table.Find(manager, operation, subresource) ?? new ManagerEntry(manager, operation, subresource, kind.ApiVersion);
            var isKnown = own.Covers(changes.Set) && !own.Overlaps(changes.Removed);
            if (!isKnown || !changes.Set.IsEmpty)
            {
                table.Set(isKnown ? own : own with { ApiVersion = kind.ApiVersion, Fields = own.Fields.Except(changes.Removed).Union(changes.Set) }, now);
            }
        }

        table.WriteTo(after);
    }

    /// <summary>The manager of a request that names none: its User-Agent up to the slash.</summary>
    public static string ManagerOf(string fieldManager, string userAgent)
    {
        var name = fieldManager.Length > 0 ? fieldManager : userAgent.Split('/', 2)[0];
        return name.Length == 0 ? "unknown" : name[..Math.Min(name.Length, LongestManager)];
    }
}
