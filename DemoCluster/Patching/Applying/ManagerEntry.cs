using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>One entry of metadata.managedFields. Most changes leave most entries alone, so their fields are read only when needed.</summary>
internal sealed record ManagerEntry(string Manager, string Operation, string Subresource, string ApiVersion)
{
    public const string Applies = "Apply";
    public const string Updates = "Update";

    private readonly JsonObject? _written;
    private FieldSet? _fields;

    public ManagerEntry(string manager, string operation, string subresource, string apiVersion, JsonObject fieldsV1)
        : this(manager, operation, subresource, apiVersion)
        => _written = fieldsV1;

    public FieldSet Fields
    {
        get => _fields ??= _written is null ? FieldSet.Empty : FieldsV1.Read(_written);
        init => (_fields, _written) = (value, null);
    }

    /// <summary>RFC 3339; empty when the entry came without one.</summary>
    public string Time { get; init; } = "";

    public bool IsEmpty => _written is null ? Fields.IsEmpty : _written.Count == 0;

    /// <summary>The same manager in the same way: such entries become one.</summary>
    public bool IsFor(string manager, string operation, string subresource)
        => Manager == manager && Operation == operation && Subresource == subresource;

    public bool Overlaps(FieldSet set) => FieldsV1.Overlaps(_written ?? FieldsV1.Write(Fields), set);

    public bool Covers(FieldSet set) => FieldsV1.Covers(_written ?? FieldsV1.Write(Fields), set);

    /// <summary>Without these fields; itself when it has none of them.</summary>
    public ManagerEntry Less(FieldSet set) => Overlaps(set) ? this with { Fields = Fields.Except(set) } : this;

    /// <summary>A copy of its own.</summary>
    public JsonObject WriteFields() => _written?.DeepClone().AsObject() ?? FieldsV1.Write(Fields);
}
