namespace KubeLens.Contracts.Query;

/// <summary>Values and the ends of terms, with the messages that they can cause.</summary>
/// <param name="scan">The text.</param>
/// <param name="messages">Where messages go.</param>
/// <param name="open">Parentheses open around the term, which a fix has to close.</param>
internal sealed class QueryTokens(QueryScanner scan, QueryMessages messages, int open)
{
    private const string CommaText = "A comma separates the values of one field, as in verb:(get,list).";

    private string Text => scan.Text;

    public int Open => open;

    public static bool IsSign(char c) => c is '>' or '<' or '=' or '~';

    /// <summary>How many characters of an operator stand here, where none may.</summary>
    public int SignLength()
    {
        if (scan.Here == '!' && scan.CharAt(scan.At + 1) == '=')
        {
            return 2;
        }

        var end = scan.At;
        while (IsSign(scan.CharAt(end)))
        {
            end++;
        }

        return end - scan.At;
    }

    /// <summary>The value here, or null after a message.</summary>
    /// <param name="extra">Parentheses open beside the outer ones.</param>
    public QueryPiece? ReadValue(int extra = 0)
    {
        var start = scan.At;
        if (scan.Here != '"')
        {
            scan.At = scan.BareEnd(start);
            return new QueryPiece(new QueryValue(Text[start..scan.At], false), start, scan.At);
        }

        if (scan.TryQuoted(out var value, out var wrongAt))
        {
            return new QueryPiece(new QueryValue(value, true), start, scan.At);
        }

        if (wrongAt < Text.Length)
        {
            messages.AddLast("Q113", wrongAt, 2, $"\"{Text[wrongAt..(wrongAt + 2)]}\" means nothing inside quotes; a backslash is written \\\\.", messages.Replaced(wrongAt, wrongAt, "\\"));
            return null;
        }

        var lonely = Text.AsSpan(start + 1).IsWhiteSpace();
        var oddBackslash = (Text.Length - Text.AsSpan().TrimEnd('\\').Length) % 2 == 1;
        var closed = Text + (oddBackslash ? "\\\"" : "\"") + new string(')', open + extra);
        messages.AddLast("Q103", start, Text.Length - start, "This quote is never closed.", lonely ? Text[..start].TrimEnd() : closed);
        return null;
    }

    /// <summary>A term ends at a space or a parenthesis that closes.</summary>
    /// <param name="start">Where the term starts.</param>
    /// <param name="listable">Where the value starts that a comma may make a list of, or -1.</param>
    public void EndTerm(int start, int listable)
    {
        if (scan.AtEnd || char.IsWhiteSpace(scan.Here) || scan.Here == ')' || messages.Closed)
        {
            return;
        }

        var at = scan.At;
        if (scan.Here != ',')
        {
            messages.AddLast("Q107", at, 1, "A space separates two terms.", messages.Replaced(at, at, " "));
            return;
        }

        if (listable >= 0)
        {
            var end = ValuesEnd();
            messages.AddLast("Q107", at, 1, CommaText, messages.Replaced(listable, end, $"({Text[listable..end].TrimEnd(',', ' ').Replace(", ", ",", StringComparison.Ordinal)})"));
            return;
        }

        SkipSpec();
        var fix = Text[start] == '"' ? messages.Replaced(at, at + 1, " ") : messages.Replaced(start, scan.At, QueryPrinter.Quoted(Text[start..scan.At]));
        messages.AddLast("Q107", at, 1, CommaText, fix);
    }

    /// <summary>Tells what is wrong and goes to the end of the term.</summary>
    public void Fail(string code, int start, int end, string problem, Func<string> fix)
    {
        messages.Add(code, start, end - start, problem, fix());
        SkipSpec();
    }

    /// <summary>To the end of a term that is wrong, so that one mistake is told once.</summary>
    public void SkipSpec()
    {
        while (!scan.AtEnd && !char.IsWhiteSpace(scan.Here) && scan.Here != ')')
        {
            if (scan.Here == '(')
            {
                var close = Text.IndexOf(')', scan.At);
                scan.At = close < 0 ? Text.Length : close + 1;
            }
            else if (scan.Here != '"')
            {
                scan.At++;
            }
            else if (!scan.TryQuoted(out _, out _))
            {
                scan.At = Text.Length;
            }
        }
    }

    // Of alice, "b c", carol verb:get: the end of carol.
    private int ValuesEnd()
    {
        while (scan.Here == ',')
        {
            var comma = scan.At++;
            scan.SkipSpace();
            var next = scan.At;
            if (scan.Here == '"' && scan.TryQuoted(out _, out _))
            {
                continue;
            }

            var end = scan.BareEnd(next);
            if (end == next || Text.IndexOf(':', next, end - next) >= 0 || scan.IsWord("OR") || scan.IsWord("AND") || scan.IsWord("NOT"))
            {
                return comma + 1;
            }

            scan.At = end;
        }

        return scan.At;
    }
}
