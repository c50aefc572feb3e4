namespace KubeLens.Contracts.Query;

/// <summary>Takes a term or an operator out of a query for a fix, with what would dangle without it: its negation, one operator beside it, empty parentheses.</summary>
internal static class QueryRemoval
{
    public static string Of(string text, int start, int end)
    {
        for (var before = -1; before != start;)
        {
            before = start;
            start = SkipNegation(text, start);
            var left = SpaceBefore(text, start);
            var right = SpaceAfter(text, end);
            if (left > 0 && right < text.Length && text[left - 1] == '(' && text[right] == ')')
            {
                (start, end) = (left - 1, right + 1);
            }
        }

        var l = SpaceBefore(text, start);
        var r = SpaceAfter(text, end);
        if (WordBefore(text, l, "OR") || WordBefore(text, l, "AND"))
        {
            start = l - (WordBefore(text, l, "OR") ? 2 : 3);
        }
        else if (WordAfter(text, r, "OR") || WordAfter(text, r, "AND"))
        {
            end = r + (WordAfter(text, r, "OR") ? 2 : 3);
        }

        return Span(text, start, end);
    }

    /// <summary>Takes out that span alone, and leaves one space where it stood.</summary>
    public static string Span(string text, int start, int end)
    {
        var l = SpaceBefore(text, start);
        var r = SpaceAfter(text, end);
        var gap = l > 0 && r < text.Length && text[l - 1] != '(' && text[r] != ')' ? " " : "";
        return string.Concat(text.AsSpan(0, l), gap, text.AsSpan(r));
    }

    private static int SkipNegation(string text, int start)
    {
        while (true)
        {
            var left = SpaceBefore(text, start);
            if (start > 0 && text[start - 1] == '-')
            {
                start--;
            }
            else if (WordBefore(text, left, "NOT"))
            {
                start = left - 3;
            }
            else
            {
                return start;
            }
        }
    }

    private static int SpaceBefore(string text, int at)
    {
        while (at > 0 && char.IsWhiteSpace(text[at - 1]))
        {
            at--;
        }

        return at;
    }

    private static int SpaceAfter(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool WordBefore(string text, int end, string word)
    {
        var start = end - word.Length;
        return start >= 0 && string.CompareOrdinal(text, start, word, 0, word.Length) == 0 && (start == 0 || !QueryScanner.IsBare(text[start - 1]));
    }

    private static bool WordAfter(string text, int start, string word)
    {
        var end = start + word.Length;
        return end <= text.Length && string.CompareOrdinal(text, start, word, 0, word.Length) == 0 && (end == text.Length || !QueryScanner.IsBare(text[end]));
    }
}
