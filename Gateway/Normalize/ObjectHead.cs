namespace KubeLens.Gateway.Normalize;

/// <summary>The telling fields at the top of a Kubernetes object; null where absent or cut away.</summary>
internal struct ObjectHead
{
    public string? Kind { get; set; }
    public string? Name { get; set; }
    public string? Namespace { get; set; }
    public string? Uid { get; set; }
    public string? ResourceVersion { get; set; }
    public long? Generation { get; set; }

    /// <summary>Of the controlling owner, else of the first.</summary>
    public string? OwnerKind { get; set; }

    public string? OwnerName { get; set; }

    /// <summary>Of a <c>Status</c>.</summary>
    public string? Reason { get; set; }

    public string? Message { get; set; }

    /// <summary>The <c>metadata</c> was read to its end.</summary>
    public bool HasMetadata { get; set; }

    /// <summary>Of a list: there is a page after it.</summary>
    public bool Continues { get; set; }

    public long? RemainingItems { get; set; }

    /// <summary>Items of a list, rows of a Table; null where they were not counted to their end.</summary>
    public long? Items { get; set; }

    /// <summary>Of <c>DeleteOptions</c>.</summary>
    public bool DryRun { get; set; }

    public string? Propagation { get; set; }
    public string? PreconditionVersion { get; set; }

    public readonly bool IsStatus => Kind == "Status";

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, ListItems)"/>
    public static ObjectHead Read(ReadOnlySpan<byte> json) => Read(json, default);

    /// <summary>Never throws: what is cut or malformed ends the reading, and what was read by then counts.</summary>
    /// <param name="json">UTF-8, redacted.</param>
    /// <param name="items">Items in it to step over.</param>
    public static ObjectHead Read(ReadOnlySpan<byte> json, ListItems items) => new ObjectHeadReader(json, items).Read();
}
