namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>Reads a <c>Timestamp{seconds=1, nanos=2}</c>; Kubernetes' times are of whole seconds.</summary>
internal static class MessageTime
{
    private const int Seconds = 1, Nanos = 2;

    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeSeconds(), Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <returns>False when it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out DateTimeOffset time)
    {
        time = DateTimeOffset.UnixEpoch;
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields.Type != WireType.Varint || fields.Number is not (Seconds or Nanos))
            {
                return false;
            }

            if (fields.Number == Seconds)
            {
                var seconds = (long)fields.Value;
                if (seconds < First || seconds > Last)
                {
                    return false;
                }

                time = DateTimeOffset.FromUnixTimeSeconds(seconds);
            }
        }

        return !fields.IsCut && !fields.IsMalformed;
    }
}
