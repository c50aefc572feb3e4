namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>The low three bits of a field's tag. Groups (3, 4) are no part of Kubernetes' messages.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Delimited = 2,
    Fixed32 = 5,
}
