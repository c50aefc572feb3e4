namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>What a field of a known message holds, and how it is written as JSON.</summary>
internal enum FieldType
{
    /// <summary>Text without control characters, which a message taken for text would have; absent when empty.</summary>
    Word,

    /// <summary>Any text; absent when empty.</summary>
    Text,

    /// <summary>A whole number; absent when 0, which Kubernetes sends for none.</summary>
    Number,

    /// <summary>A whole number that is only sent when it is meant, also 0.</summary>
    ChosenNumber,

    /// <summary>True or false, only sent when it is meant.</summary>
    Flag,

    /// <summary>A <c>Timestamp</c>; absent when it is the epoch, which Kubernetes sends for none.</summary>
    Time,

    /// <summary>Entries of text by text, one a field.</summary>
    Map,

    /// <summary>Another known message.</summary>
    Message,

    /// <summary>Bytes that are left out.</summary>
    Skipped,
}
