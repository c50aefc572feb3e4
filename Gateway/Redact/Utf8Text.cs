namespace KubeLens.Gateway.Redact;

/// <summary>Cares for the ends of UTF-8 text.</summary>
internal static class Utf8Text
{
    /// <summary>Takes off a byte order mark and, of cut text, a character that is not all there.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text, bool isCut)
    {
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        if (!isCut)
        {
            return text;
        }

        for (var back = 1; back <= Math.Min(3, text.Length); back++)
        {
            var b = text[^back];
            if (b < 0x80)
            {
                break;
            }

            if (b >= 0xC0)
            {
                var length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return length > back ? text[..^back] : text;
            }
        }

        return text;
    }
}
