using System.Text.Json;
using System.Text.Unicode;
using KubeLens.Contracts.Search;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Export.Har;

/// <summary>What requests and responses have in common.</summary>
internal static class HarMessage
{
    public static void WriteHead(Utf8JsonWriter json, string protocol, IReadOnlyList<HeaderItem> headers)
    {
        json.WriteString("httpVersion", protocol.Length > 0 ? $"HTTP/{protocol}" : "unknown");

        // They are headers like the others here: cookies are not taken apart.
        json.WriteStartArray("cookies");
        json.WriteEndArray();
        json.WriteStartArray("headers");
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("value", value);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>The kept bytes, and why they are not all of the body where that is so.</summary>
    /// <param name="encoding">The property that says that they are no text.</param>
    public static void WriteText(Utf8JsonWriter json, StoredBody? stored, BodyItem body, string encoding)
    {
        var kept = stored is null ? default : stored.Content.Span;
        if (Utf8.IsValid(kept))
        {
            json.WriteString("text", kept);
        }
        else
        {
            json.WriteBase64String("text", kept);
            json.WriteString(encoding, "base64");
        }

        if (body.Note != "whole")
        {
            json.WriteString("comment", body.Note);
        }
    }

    /// <param name="bytes">Of the body on the wire; heads are not kept as they were sent.</param>
    public static void WriteSizes(Utf8JsonWriter json, long bytes)
    {
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", bytes);
    }

    /// <summary>The first value; empty without one.</summary>
    public static string Header(IReadOnlyList<HeaderItem> headers, string name) => headers.FirstOrDefault(header => header.Name == name) is { Values: [var first, ..] } ? first : "";
}
