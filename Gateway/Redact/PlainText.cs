namespace KubeLens.Gateway.Redact;

/// <summary>A line of a terminal without its escape sequences: <c>ESC [ 31 m</c> colours, <c>ESC x</c> short ones (ECMA-48, section 5.4).</summary>
internal static class PlainText
{
    private const char Escape = '\x1b';

    /// <returns>The text, and where in the line each of its characters stands.</returns>
    public static (string Text, int[] Places) Of(string line)
    {
        var (text, places, count) = (new char[line.Length], new int[line.Length], 0);
        for (var i = 0; i < line.Length;)
        {
            if (line[i] == Escape && i + 1 < line.Length)
            {
                i += Length(line.AsSpan(i));
                continue;
            }

            (text[count], places[count]) = (line[i], i);
            count++;
            i++;
        }

        return (new string(text, 0, count), places);
    }

    // A title (ESC ]) is text, and stays.
    private static int Length(ReadOnlySpan<char> rest)
    {
        if (rest[1] != '[')
        {
            return rest[1] is '\r' or '\n' ? 1 : 2;
        }

        var end = rest[2..].IndexOfAnyExceptInRange('\x20', '\x3f');
        return end < 0 ? 2 : end + 2 + (rest[2 + end] is >= '@' and <= '~' ? 1 : 0);
    }
}
