namespace KubeLens.DemoCluster.Schemas;

/// <summary>What a field may hold.</summary>
internal abstract record FieldShape
{
    /// <summary>One value without fields of its own.</summary>
    internal sealed record Scalar(ScalarKind Kind) : FieldShape;

    /// <summary>An object with known fields.</summary>
    internal sealed record Structure(SchemaType Type) : FieldShape;

    /// <summary>Any keys, all with values of one shape, such as labels.</summary>
    internal sealed record Map(FieldShape Value) : FieldShape;

    /// <summary>Several values; <paramref name="Rule"/> says what merges do with them.</summary>
    internal sealed record Sequence(FieldShape Item, ListRule Rule) : FieldShape;
}
