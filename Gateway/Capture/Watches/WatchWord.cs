namespace KubeLens.Gateway.Capture.Watches;

/// <summary>The keys of an event that are looked for.</summary>
internal enum WatchWord : byte
{
    Other,
    Type,
    Object,
    Metadata,
    Rows,
    Name,
    Namespace,
    Version,
    Reason,
    Code,
}
