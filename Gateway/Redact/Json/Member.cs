namespace KubeLens.Gateway.Redact.Json;

/// <summary>Names of JSON members that redaction reacts to, in any case: older apiservers read them so, and nothing is lost by it.</summary>
internal enum Member
{
    Other,
    ApiVersion,
    Data,
    BinaryData,
    Cells,
    StringData,
    Immutable,
    Items,
    Key,
    Kind,
    Message,
    Metadata,
    Name,
    Namespace,
    Object,
    Op,
    Path,
    From,
    Reason,
    Rows,
    Type,
    Uid,
    Value,
}
