namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>One entry of metadata.managedFields.</summary>
internal sealed record ManagerEntry(string Manager, string Operation, string Subresource, string ApiVersion, FieldSet Fields)
{
    public const string Applies = "Apply";
    public const string Updates = "Update";

    /// <summary>RFC 3339; empty when the entry came without one.</summary>
    public string Time { get; init; } = "";

    /// <summary>The same manager in the same way: such entries become one.</summary>
    public bool IsFor(string manager, string operation, string subresource)
        => Manager == manager && Operation == operation && Subresource == subresource;
}
