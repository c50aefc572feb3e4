using System.Text.Json;
using System.Text.Unicode;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Export.Audit;

/// <summary>A body as <c>requestObject</c> or <c>responseObject</c>.</summary>
internal static class AuditObject
{
    // A schema of a CustomResourceDefinition nests deeper than the reader's usual 64.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1000 };

    /// <summary>The JSON without the space between its tokens, so that it fits on a line; null for a body that is no whole JSON value.</summary>
    public static byte[]? Of(StoredBody? body)
    {
        if (body is not { Note: (int)CallBodyNote.Whole, Content: { IsEmpty: false } content } || !Utf8.IsValid(content.Span) || !IsJson(content.Span))
        {
            return null;
        }

        // The tokens stay byte for byte: numbers of any size, and escapes that are no text, such as half of a surrogate pair.
        var compact = new byte[content.Length];
        var (length, inString, escaped) = (0, false, false);
        foreach (var b in content.Span)
        {
            if (inString)
            {
                inString = escaped || b != (byte)'"';
                escaped = !escaped && b == (byte)'\\';
            }
            else if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }
            else
            {
                inString = b == (byte)'"';
            }

            compact[length++] = b;
        }

        return compact[..length];
    }

    private static bool IsJson(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, Deep);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
