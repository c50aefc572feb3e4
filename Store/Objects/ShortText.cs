using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace KubeLens.Store.Objects;

/// <summary>Texts of changes, which are short however large the objects are.</summary>
internal static class ShortText
{
    private const int MaxValue = 200;
    private const char Ellipsis = '…';

    // A character of UTF-16 takes at most three bytes in UTF-8.
    private const int MaxValueBytes = MaxValue * 3;

    /// <summary>At most <paramref name="most"/> characters; of a longer text the last one is an ellipsis.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end] + Ellipsis;
    }

    /// <summary>JSON of the value as it came, without white space between its parts.</summary>
    public static string Of(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var text = new ArrayBufferWriter<byte>();
        var (isText, isEscaped) = (false, false);
        foreach (var b in raw)
        {
            if (!isText && b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            isText = b == (byte)'"' && !isEscaped ? !isText : isText;
            isEscaped = isText && b == (byte)'\\' && !isEscaped;
            text.Write([b]);
            if (text.WrittenCount > MaxValueBytes)
            {
                break;
            }
        }

        // What is cut within a character ends with U+FFFD, which is cut off then.
        return Cut(Encoding.UTF8.GetString(text.WrittenSpan), MaxValue);
    }
}
