namespace KubeLens.Gateway.Capture.Watches;

/// <summary>The objects of an event in which something is looked for: <c>{type, object: {reason, code, metadata: {…}, rows: [{object: {metadata}}]}}</c>.</summary>
internal enum WatchPlace : byte
{
    /// <summary>Any other: it is stepped over.</summary>
    Other,
    Event,
    Object,
    Metadata,

    /// <summary>Of a Table.</summary>
    Rows,
    Row,
    RowObject,
}
