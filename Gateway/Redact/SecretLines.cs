using System.Buffers;
using System.Text;

namespace KubeLens.Gateway.Redact;

/// <summary>
/// Finds what looks like a credential in the lines of a text, one after the other: JWTs, <c>Bearer x</c>, passwords in URLs, <c>DB_PASSWORD=x</c>,
/// <c>"token": "x"</c>, <c>--password x</c>, private keys over many lines. Escape sequences within do not hide them. Linear in the length of a line.
/// </summary>
internal sealed class SecretLines(SecretNames names)
{
    private const int LeastHeader = 5, LeastEncoded = 20, LeastToken = 16, LeastBasic = 8;
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/=~");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
    private static readonly SearchValues<char> EndOfUrl = SearchValues.Create(" \t\r\n\"'<>");
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=:-, \t\r\n");

    private readonly List<SecretSpan> _spans = [];
    private bool _inKey, _continues;

    /// <summary>A text of its own, with its secrets replaced.</summary>
    public string Redact(string text)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var span in Find(text, LineEnd.Feed))
        {
            result.Append(text, at, span.Start - at).Append(HeaderRedactor.Redacted);
            at = span.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>In their order, apart from each other; valid until the next call.</summary>
    /// <param name="line">With its end.</param>
    public IReadOnlyList<SecretSpan> Find(string line, LineEnd end)
    {
        _spans.Clear();
        var (plain, places) = PlainText.Of(line);
        var text = plain.AsSpan().TrimEnd("\r\n");
        var start = _continues ? Continued(text) : 0;
        if (!Key(text))
        {
            Tokens(text, start);
            Schemes(text, start);
            Urls(text, start);
            Assignments(text, start);
            Flags(text, start);
            Merge();
            if (Remains(text))
            {
                _spans.Clear();
                _spans.Add(new SecretSpan(0, text.Length, false));
            }
        }

        // A terminal that is too narrow shows a token in parts, with a carriage return between them; a line that is too long is cut.
        _continues = end != LineEnd.Feed && _spans.Count > 0 && text[_spans[^1].End..].Trim(' ').IsEmpty;
        for (var i = 0; i < _spans.Count; i++)
        {
            _spans[i] = _spans[i] with { Start = places[_spans[i].Start], End = places[_spans[i].End - 1] + 1 };
        }

        return _spans;
    }

    private int Continued(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(" \t\"'");
        var length = end < 0 ? text.Length : end;
        if (length > 0)
        {
            _spans.Add(new SecretSpan(0, length, true));
        }

        return length;
    }

    // All between BEGIN and END, as long as it looks like a key.
    private bool Key(ReadOnlySpan<char> text)
    {
        var begins = text.Contains("PRIVATE KEY", StringComparison.Ordinal) && text.Contains("BEGIN", StringComparison.Ordinal);
        if (!begins && !_inKey)
        {
            return false;
        }

        var ends = text.Contains("END", StringComparison.Ordinal) && text.Contains("PRIVATE KEY", StringComparison.Ordinal);
        if (!begins && !ends && text.IndexOfAnyExcept(KeyCharacters) >= 0)
        {
            _inKey = false;
            return false;
        }

        _inKey = !ends;
        if (!text.IsEmpty && (_spans.Count == 0 || _spans[0].End < text.Length))
        {
            _spans.Clear();
            _spans.Add(new SecretSpan(0, text.Length, !begins));
        }

        return true;
    }

    // eyJhbGciOiJSUzI1NiJ9.eyJpc3Mi… and, once more in base64, ZXlKaGJHY2lPaUpTVXpJMU5pSjk…
    private void Tokens(ReadOnlySpan<char> text, int from)
    {
        while (Run(text, from, TokenCharacters) is { Length: > 0 } run)
        {
            var word = text.Slice(run.Start, run.Length);
            var at = word.IndexOf("eyJ");
            if (at >= 0 && word[at..].IndexOf('.') >= LeastHeader)
            {
                Add(run.Start + at, run.Start + run.Length);
            }
            else if (word.IndexOf("ZXlK") is >= 0 and var encoded && word.Length - encoded >= LeastEncoded)
            {
                Add(run.Start + encoded, run.Start + run.Length);
            }

            from = run.Start + run.Length;
        }
    }

    private void Schemes(ReadOnlySpan<char> text, int from)
    {
        foreach (var (scheme, least) in new[] { ("bearer", 1), ("basic", LeastBasic) })
        {
            for (var at = from; text[at..].IndexOf(scheme, StringComparison.OrdinalIgnoreCase) is >= 0 and var found;)
            {
                at += found + scheme.Length;
                var value = text[at..].TrimStart(" \t");
                var start = text.Length - value.Length;
                var end = value.IndexOfAnyExcept(TokenCharacters);
                var length = end < 0 ? value.Length : end;
                if (start > at && length >= least)
                {
                    Add(start, start + length);
                }
            }
        }
    }

    // postgres://user:password@host, https://token@host
    private void Urls(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; text[at..].IndexOf("://") is >= 0 and var found;)
        {
            at += found + 3;
            var rest = text[at..];
            var end = rest.IndexOfAny(EndOfUrl);
            var url = end < 0 ? rest : rest[..end];
            var sign = url.LastIndexOf('@');
            if (sign > 0 && (url[..sign].Contains(':') || sign >= LeastToken))
            {
                Add(at, at + sign);
            }
        }
    }

    private void Assignments(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; text[at..].IndexOfAny('=', ':') is >= 0 and var found;)
        {
            at += found;
            var before = text[from..at].TrimEnd(" \"'\\");
            var name = before[(before.LastIndexOfAnyExcept(NameCharacters) + 1)..];
            var isColon = text[at++] == ':';
            if (name.Length < 2 || !IsSecret(name))
            {
                continue;
            }

            var value = text[at..].TrimStart(" \t\\");
            var start = text.Length - value.Length;
            var length = ValueLength(value, isColon);
            if (length > 0)
            {
                Add(start, start + length);
                at = start + length;
            }
        }
    }

    // "quoted", 'quoted', a word, or, after a colon, all the rest.
    private static int ValueLength(ReadOnlySpan<char> value, bool isColon)
    {
        if (value is ['"' or '\'', ..])
        {
            var close = value[1..].IndexOf(value[0]);
            return close < 0 ? value.Length : close + 2;
        }

        var end = isColon ? -1 : value.IndexOfAny(' ', '\t');
        return (end < 0 ? value : value[..end]).TrimEnd().Length;
    }

    private void Flags(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; text[at..].IndexOf('-') is >= 0 and var found;)
        {
            at += found;
            var end = text[at..].IndexOfAnyExcept(NameCharacters);
            var flag = end < 0 ? text[at..] : text.Slice(at, end);
            var starts = at == 0 || !NameCharacters.Contains(text[at - 1]);
            at += Math.Max(1, flag.Length);
            if (!starts || at >= text.Length || text[at] != ' ' || !IsSecret(flag))
            {
                continue;
            }

            var value = text[at..].TrimStart(' ');
            if (value is not ['-', ..] and not [])
            {
                var start = text.Length - value.Length;
                Add(start, start + ValueLength(value, isColon: false));
            }
        }
    }

    private bool IsSecret(ReadOnlySpan<char> name)
    {
        const int Longest = 256;
        Span<byte> bytes = stackalloc byte[Longest];
        name = name.Length > Longest ? name[^Longest..] : name;
        return names.IsSecretFlag(bytes[..Encoding.ASCII.GetBytes(name, bytes)]);
    }

    private void Add(int start, int end)
    {
        if (end > start)
        {
            _spans.Add(new SecretSpan(start, end, false));
        }
    }

    private void Merge()
    {
        _spans.Sort((a, b) => a.Start.CompareTo(b.Start));
        for (var i = 1; i < _spans.Count;)
        {
            if (_spans[i].Start <= _spans[i - 1].End)
            {
                _spans[i - 1] = _spans[i - 1] with { End = Math.Max(_spans[i].End, _spans[i - 1].End) };
                _spans.RemoveAt(i);
            }
            else
            {
                i++;
            }
        }
    }

    // What bodies are held to holds here, too.
    private bool Remains(ReadOnlySpan<char> text)
    {
        var rest = new StringBuilder(text.Length);
        var at = 0;
        foreach (var span in _spans)
        {
            rest.Append(text[at..span.Start]).Append(HeaderRedactor.Redacted);
            at = span.End;
        }

        return CredentialText.Contains(Encoding.UTF8.GetBytes(rest.Append(text[at..]).ToString()));
    }

    private static (int Start, int Length) Run(ReadOnlySpan<char> text, int from, SearchValues<char> of)
    {
        var start = text[from..].IndexOfAny(of);
        if (start < 0)
        {
            return default;
        }

        var end = text[(from + start)..].IndexOfAnyExcept(of);
        return (from + start, end < 0 ? text.Length - from - start : end);
    }
}
