using System.Text;

namespace KubeLens.Portal.Markup;

/// <summary>
/// Pretty, coloured JSON from text that may end anywhere: a truncated body is kept to its last whole token, and a watch
/// is many documents in a row. So this is a lexer that indents as it goes, not a parser; what is no JSON is refused.
/// </summary>
internal sealed class JsonMarkup
{
    private const int DeepestIndent = 64;

    private readonly StringBuilder _markup;
    private readonly string _text;
    private int _at;
    private int _depth;
    private bool _lineOpen;

    private JsonMarkup(string text)
    {
        _text = text;
        _markup = new StringBuilder(text.Length * 2);
    }

    /// <summary>The lines, each <c>&lt;span class="l"&gt;</c>; null when the text is no JSON.</summary>
    public static string? Build(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.Length == 0 || start[0] is not ('{' or '['))
        {
            return null;
        }

        var json = new JsonMarkup(text);
        return json.Run() ? json._markup.ToString() : null;
    }

    private bool Run()
    {
        OpenLine();
        for (SkipSpace(); _at < _text.Length; SkipSpace())
        {
            if (!Token(_text[_at]))
            {
                return false;
            }
        }

        CloseLine();
        return true;
    }

    private bool Token(char c)
    {
        switch (c)
        {
            case '{' or '[':
                return Open(c);
            case '}' or ']':
                return Close(c);
            case ',':
                Punctuation(c);
                NewLine();
                return true;
            case ':':
                Punctuation(c);
                _markup.Append(' ');
                return true;
            case '"':
                return Quoted();
            default:
                return Bare();
        }
    }

    private bool Open(char c)
    {
        _at++;
        SkipSpace();
        if (_at < _text.Length && _text[_at] == (c == '{' ? '}' : ']'))
        {
            _at++;
            _markup.Tag("<span class=\"p\">").Append(c).Append(c == '{' ? '}' : ']').Tag("</span>");
            EndDocument();
            return true;
        }

        _markup.Tag("<span class=\"p\">").Append(c).Tag("</span>");
        _depth++;
        NewLine();
        return true;
    }

    private bool Close(char c)
    {
        if (_depth == 0)
        {
            return false;
        }

        _depth--;
        NewLine();
        Punctuation(c);
        EndDocument();
        return true;
    }

    private bool Quoted()
    {
        var end = _at + 1;
        while (end < _text.Length && _text[end] != '"')
        {
            end += _text[end] == '\\' ? 2 : 1;
        }

        end = Math.Min(end + 1, _text.Length);
        var token = _text.AsSpan(_at, end - _at);
        _at = end;
        SkipSpace();
        var isKey = _at < _text.Length && _text[_at] == ':';
        // Raw line breaks are no JSON, but a line of ours is one line whatever the body says.
        _markup.Tag(isKey ? "<span class=\"k\">" : "<span class=\"s\">").TextWithChips(token.IndexOf('\n') < 0 ? token : token.ToString().ReplaceLineEndings("\\n")).Tag("</span>");
        return true;
    }

    private bool Bare()
    {
        var end = _at;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '-' or '+' or '.'))
        {
            end++;
        }

        if (end == _at || _depth == 0)
        {
            return false;
        }

        var token = _text.AsSpan(_at, end - _at);
        _markup.Tag(char.IsAsciiLetter(token[0]) ? "<span class=\"b\">" : "<span class=\"n\">").Text(token).Tag("</span>");
        _at = end;
        return true;
    }

    private void EndDocument()
    {
        SkipSpace();
        if (_depth == 0 && _at < _text.Length)
        {
            NewLine();
        }
    }

    private void Punctuation(char c)
    {
        _markup.Tag("<span class=\"p\">").Append(c).Tag("</span>");
        _at++;
    }

    private void NewLine()
    {
        CloseLine();
        OpenLine();
        _markup.Append(' ', 2 * Math.Min(_depth, DeepestIndent));
    }

    private void OpenLine()
    {
        _markup.Tag("<span class=\"l\">");
        _lineOpen = true;
    }

    private void CloseLine()
    {
        if (_lineOpen)
        {
            _markup.Tag("\n</span>");
            _lineOpen = false;
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\n' or '\r' or '\t')
        {
            _at++;
        }
    }
}
