using System.Text.Json;

namespace KubeLens.Gateway.Normalize;

/// <summary>The telling fields at the top of a Kubernetes object; null where absent or cut away.</summary>
internal struct ObjectHead
{
    public string? Kind { get; set; }
    public string? Name { get; set; }
    public string? Namespace { get; set; }
    public string? Uid { get; set; }
    public string? ResourceVersion { get; set; }
    public string? Reason { get; set; }
    public string? Message { get; set; }

    public readonly bool IsStatus => Kind == "Status";

    /// <summary>Never throws: what is cut or malformed ends the reading, and what was read by then counts.</summary>
    public static ObjectHead Read(ReadOnlySpan<byte> json)
    {
        var head = default(ObjectHead);
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                head.ReadTop(ref reader);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON after all (InvalidOperationException: text that is not UTF-8).
            return head;
        }

        return head;
    }

    private void ReadTop(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("kind"u8))
            {
                Kind = Text(ref reader);
            }
            else if (reader.ValueTextEquals("reason"u8))
            {
                Reason = Text(ref reader);
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                Message = Text(ref reader);
            }
            else if (reader.ValueTextEquals("metadata"u8) || reader.ValueTextEquals("details"u8))
            {
                ReadNames(ref reader);
            }
            else if (!reader.TrySkip())
            {
                return;
            }

            if (Kind is not (null or "Status") && (Name ?? Uid) is not null)
            {
                return;
            }
        }
    }

    private void ReadNames(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                Name = Text(ref reader);
            }
            else if (reader.ValueTextEquals("namespace"u8))
            {
                Namespace = Text(ref reader);
            }
            else if (reader.ValueTextEquals("uid"u8))
            {
                Uid = Text(ref reader);
            }
            else if (reader.ValueTextEquals("resourceVersion"u8))
            {
                ResourceVersion = Text(ref reader);
            }
            else if (!reader.TrySkip())
            {
                return;
            }
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.TrySkip();
        return null;
    }
}
