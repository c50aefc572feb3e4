using System.Text.Json;
using KubeLens.Gateway.Redact.Json;

namespace KubeLens.Gateway.Redact;

/// <summary>Tells whether a body that calls itself YAML is JSON, as kubectl's server-side apply sends.</summary>
internal static class JsonSniffer
{
    public static bool IsJson(ReadOnlySpan<byte> text, bool isWhole)
    {
        var start = text.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty || start[0] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(text, isWhole, new JsonReaderState(JsonLimits.Reader));
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            // {a: b} is YAML, and so is a JSON document followed by a comment.
            return false;
        }
    }
}
