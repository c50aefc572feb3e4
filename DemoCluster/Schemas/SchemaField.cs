namespace KubeLens.DemoCluster.Schemas;

/// <summary>One field of a <see cref="SchemaType"/>.</summary>
internal sealed record SchemaField(string Name, FieldShape Shape)
{
    public bool Required { get; init; }

    /// <summary>For people who ask <c>kubectl explain</c>; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>What a missing value means; empty for none.</summary>
    public string Default { get; init; } = "";

    /// <summary><c>x-kubernetes-patch-strategy: retainKeys</c>: clients list the keys that stay.</summary>
    public bool RetainsKeys { get; init; }
}
