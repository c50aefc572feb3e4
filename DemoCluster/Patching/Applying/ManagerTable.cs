using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>metadata.managedFields of one object, while it changes.</summary>
internal sealed class ManagerTable(List<ManagerEntry> entries)
{
    /// <summary>As the API server: beyond these the oldest updaters are put together.</summary>
    private const int MostUpdaters = 10;

    private const string Ancient = "ancient-changes";

    public bool IsEmpty => entries.Count == 0;

    /// <summary>The entries of <c>metadata.managedFields</c>; what is no entry is left out.</summary>
    public static ManagerTable Read(JsonObject? value)
    {
        var list = (value?["metadata"] as JsonObject)?["managedFields"] as JsonArray;
        return new ManagerTable([.. (list ?? []).OfType<JsonObject>().Where(entry => entry["fieldsV1"] is JsonObject).Select(Entry)]);
    }

    public ManagerEntry? Find(string manager, string operation, string subresource) => entries.Find(entry => entry.IsFor(manager, operation, subresource));

    /// <summary>What everybody but this one owns.</summary>
    public FieldSet OfOthers(string manager, string operation, string subresource)
        => entries.Where(entry => !entry.IsFor(manager, operation, subresource)).Aggregate(FieldSet.Empty, (all, entry) => all.Union(entry.Fields));

    /// <summary>Whoever else owned these fields does no longer.</summary>
    public void TakeFromOthers(FieldSet fields, string manager, string operation, string subresource)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (!entries[i].IsFor(manager, operation, subresource))
            {
                entries[i] = entries[i].Less(fields);
            }
        }
    }

    public void Set(ManagerEntry entry, DateTimeOffset now)
    {
        entries.RemoveAll(existing => existing.IsFor(entry.Manager, entry.Operation, entry.Subresource));
        entries.Add(entry with { Time = ObjectMetadata.Timestamp(now) });
    }

    public void WriteTo(JsonObject value)
    {
        entries.RemoveAll(entry => entry.IsEmpty);
        CapUpdaters();
        if (value["metadata"] is not JsonObject metadata)
        {
            value["metadata"] = metadata = [];
        }

        metadata.Remove("managedFields");
        if (entries.Count > 0)
        {
            metadata["managedFields"] = new JsonArray([.. entries
                .OrderBy(entry => entry.Operation == ManagerEntry.Applies ? 0 : 1)
                .ThenBy(entry => entry.Time, StringComparer.Ordinal)
                .ThenBy(entry => entry.Manager, StringComparer.Ordinal)
                .Select(Node)]);
        }
    }

    private void CapUpdaters()
    {
        var updaters = entries.Where(entry => entry.Operation == ManagerEntry.Updates).OrderBy(entry => entry.Time, StringComparer.Ordinal).ToList();
        if (updaters.Count <= MostUpdaters)
        {
            return;
        }

        var old = updaters[..^(MostUpdaters - 1)];
        entries.RemoveAll(old.Contains);
        entries.Add(new ManagerEntry(Ancient, ManagerEntry.Updates, "", old[^1].ApiVersion)
        {
            Fields = old.Aggregate(FieldSet.Empty, (all, entry) => all.Union(entry.Fields)),
            Time = old[^1].Time,
        });
    }

    private static ManagerEntry Entry(JsonObject entry)
        => new(Text(entry, "manager"), Text(entry, "operation"), Text(entry, "subresource"), Text(entry, "apiVersion"), entry["fieldsV1"]!.AsObject())
        {
            Time = Text(entry, "time"),
        };

    private static JsonObject Node(ManagerEntry entry)
    {
        var node = new JsonObject
        {
            ["manager"] = entry.Manager,
            ["operation"] = entry.Operation,
            ["apiVersion"] = entry.ApiVersion,
        };
        if (entry.Time.Length > 0)
        {
            node["time"] = entry.Time;
        }

        node["fieldsType"] = "FieldsV1";
        node["fieldsV1"] = entry.WriteFields();
        if (entry.Subresource.Length > 0)
        {
            node["subresource"] = entry.Subresource;
        }

        return node;
    }

    private static string Text(JsonObject entry, string name) => entry[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
