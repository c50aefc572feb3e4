using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Watching;

/// <summary>What a change is to a watcher that sees only what it selects: an object that stops to match is gone for it.</summary>
internal sealed class WatchEvents(ApiCall call, WatchQuery query)
{
    public const string Added = "ADDED";
    public const string Modified = "MODIFIED";
    public const string Deleted = "DELETED";

    /// <returns>Null when the watcher does not see it.</returns>
    public string? TypeOf(Change change) => (Sees(change.Before), Sees(change.After)) switch
    {
        (false, true) => Added,
        (true, true) => Modified,
        (true, false) => Deleted,
        _ => null,
    };

    /// <summary>What leaves the selection is shown as it last was inside, at the version at which it left.</summary>
    public static StoredObject ObjectOf(Change change, string type)
    {
        if (type != Deleted || change.Before is null || change.After is null)
        {
            return change.Last;
        }

        var value = (JsonObject)change.Before.Value.DeepClone();
        value.Section("metadata")["resourceVersion"] = change.Version.ToString(CultureInfo.InvariantCulture);
        return new StoredObject(change.Before.Storage, value, change.Version);
    }

    public bool Sees(StoredObject? stored) =>
        stored is not null
        && (call.Namespace.Length == 0 || stored.Namespace == call.Namespace)
        && (call.Name.Length == 0 || call.Request.Info.Parts.Count < 2 || stored.Name == call.Name)
        && query.List.Matches(call, stored);
}
