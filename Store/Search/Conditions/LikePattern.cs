namespace KubeLens.Store.Search.Conditions;

/// <summary>A pattern of <c>LIKE</c> in UTF-8: <c>%</c> is any number of characters and <c>_</c> is one; <c>\</c> takes the next byte for itself.</summary>
internal static class LikePattern
{
    /// <summary>The stretches of it that a text has as they are.</summary>
    public static IReadOnlyList<byte[]> Literals(ReadOnlySpan<byte> pattern)
    {
        var literals = new List<byte[]>();
        var literal = new List<byte>();
        for (var p = 0; p < pattern.Length; p++)
        {
            if (pattern[p] is (byte)'%' or (byte)'_')
            {
                End();
            }
            else
            {
                p += pattern[p] == (byte)'\\' && p + 1 < pattern.Length ? 1 : 0;
                literal.Add(pattern[p]);
            }
        }

        End();
        return literals;

        void End()
        {
            if (literal.Count > 0)
            {
                literals.Add([.. literal]);
                literal.Clear();
            }
        }
    }

    // Back to the last % when something does not fit.
    public static bool Matches(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern)
    {
        var (t, p, starText, starPattern) = (0, 0, -1, -1);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == (byte)'%')
            {
                (starText, starPattern) = (t, ++p);
            }
            else if (p < pattern.Length && pattern[p] == (byte)'_')
            {
                (t, p) = (After(text, t), p + 1);
            }
            else if (p < pattern.Length && (pattern[p] == (byte)'\\' ? p + 1 < pattern.Length && pattern[p + 1] == text[t] : pattern[p] == text[t]))
            {
                (t, p) = (t + 1, p + (pattern[p] == (byte)'\\' ? 2 : 1));
            }
            else if (starPattern >= 0)
            {
                starText = After(text, starText);
                (t, p) = (starText, starPattern);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart((byte)'%').IsEmpty;
    }

    // The next character begins where no continuation byte (10xxxxxx) is.
    private static int After(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length && (text[at] & 0xC0) == 0x80; at++)
        {
        }

        return at;
    }
}
