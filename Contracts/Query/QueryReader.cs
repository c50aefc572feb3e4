namespace KubeLens.Contracts.Query;

/// <summary>Recursive descent over the structure: OR, AND, NOT, parentheses and text. <see cref="QueryTermReader"/> reads the terms.</summary>
internal sealed class QueryReader(string text, QueryMessages messages)
{
    private readonly QueryScanner _scan = new(text);
    private int _open;
    private int _terms;

    private bool Done => _scan.AtEnd || messages.Closed;

    public QueryNode Read()
    {
        if (!IsReadable())
        {
            return AllNode.Instance;
        }

        _scan.SkipSpace();
        if (_scan.AtEnd)
        {
            return AllNode.Instance;
        }

        var root = ReadOr(0, (0, 1));
        if (!Done)
        {
            messages.AddLast("Q107", _scan.At, 1, "This \")\" closes nothing.", messages.Replaced(_scan.At, _scan.At + 1, ""));
        }

        return root;
    }

    private bool IsReadable()
    {
        if (text.Length > QueryParser.MaxLength)
        {
            messages.AddLast("Q110", QueryParser.MaxLength, text.Length - QueryParser.MaxLength, $"The query has {text.Length} characters; {QueryParser.MaxLength} is the most.");
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var paired = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !paired))
            {
                messages.AddLast("Q107", i, 1, $"The character U+{(int)text[i]:X4} cannot be in a query.", messages.Replaced(i, i + 1, ""));
                return false;
            }

            i += paired ? 1 : 0;
        }

        return true;
    }

    private QueryNode ReadOr(int depth, (int Start, int End) blame)
    {
        var items = new List<QueryNode> { ReadAnd(depth, blame) };
        while (!Done && _scan.IsWord("OR"))
        {
            blame = Operator(2);
            items.Add(ReadAnd(depth, blame));
        }

        return QueryNodes.Any(items);
    }

    // blame: what demands the first term, and is wrong when there is none.
    private QueryNode ReadAnd(int depth, (int Start, int End) blame)
    {
        var terms = new List<QueryTerm>();
        for (_scan.SkipSpace(); !Done && _scan.Here != ')' && !_scan.IsWord("OR"); _scan.SkipSpace())
        {
            if (!_scan.IsWord("AND"))
            {
                terms.Add(ReadUnary(depth));
            }
            else if (terms.Count == 0)
            {
                MissingTerm(Operator(3), "before");
            }
            else
            {
                NeedTerm(Operator(3));
            }
        }

        if (terms.Count == 0)
        {
            var isOr = _scan.IsWord("OR");
            MissingTerm(isOr ? (_scan.At, _scan.At + 2) : blame, isOr ? "before" : "after");
        }

        QueryHints.Find(text, terms, messages);
        return QueryNodes.All(terms.Select(t => t.Node));
    }

    private QueryTerm ReadUnary(int depth)
    {
        var start = _scan.At;
        if (depth > QueryParser.MaxDepth)
        {
            messages.AddLast("Q111", start, 1, $"Parentheses and negations are nested more than {QueryParser.MaxDepth} deep.");
            return Nothing(start);
        }

        if (_scan.Here == '-')
        {
            var minus = Operator(1);
            if (char.IsWhiteSpace(_scan.Here))
            {
                _scan.SkipSpace();
                var joined = _scan.AtEnd ? "" : messages.Replaced(minus.End, _scan.At, "");
                messages.AddLast("Q108", start, 1, "A \"-\" stands right before the term that it negates.", joined);
                return Nothing(start);
            }

            NeedTerm(minus);
        }
        else if (_scan.IsWord("NOT"))
        {
            var not = Operator(3);
            _scan.SkipSpace();
            NeedTerm(not);
        }
        else
        {
            return ReadPrimary(depth);
        }

        return messages.Closed ? Nothing(start) : new QueryTerm(new NotNode(ReadUnary(depth + 1).Node), start, _scan.At);
    }

    private QueryTerm ReadPrimary(int depth)
    {
        var start = _scan.At;
        switch (_scan.Here)
        {
            case '(':
                return ReadGroup(depth);
            case ',':
                messages.AddLast("Q107", start, 1, "A comma separates the values of one field, as in verb:(get,list).", messages.Replaced(start, start + 1, " "));
                return Nothing(start);
            default:
                return ReadTerm(start);
        }
    }

    private QueryTerm ReadTerm(int start)
    {
        var reader = new QueryTermReader(_scan, new QueryTokens(_scan, messages, _open), messages);
        var node = _scan.Here == '"' ? reader.ReadQuotedText() : reader.ReadFieldOrWord();
        _terms += 1 + reader.ExtraValues;
        if (_terms > QueryParser.MaxTerms)
        {
            messages.AddLast("Q110", start, _scan.At - start, $"The query has more than {QueryParser.MaxTerms} terms and list values.");
        }

        return new QueryTerm(node, start, _scan.At);
    }

    private QueryTerm ReadGroup(int depth)
    {
        var open = Operator(1);
        _open++;
        var node = ReadOr(depth + 1, open);
        _scan.SkipSpace();
        if (_scan.Here == ')')
        {
            _scan.At++;
            _open--;
        }
        else
        {
            Unclosed(open.Start);
        }

        return new QueryTerm(node, open.Start, _scan.At);
    }

    private (int Start, int End) Operator(int length)
    {
        var start = _scan.At;
        _scan.At += length;
        return (start, _scan.At);
    }

    private void NeedTerm((int Start, int End) demanding)
    {
        _scan.SkipSpace();
        if (_scan.AtEnd || _scan.Here == ')' || _scan.IsWord("OR") || _scan.IsWord("AND"))
        {
            MissingTerm(demanding, "after");
        }
    }

    private void MissingTerm((int Start, int End) blame, string where)
    {
        if (messages.Closed)
        {
            return;
        }

        var (start, end) = blame;
        if (_scan.CharAt(start) != '(')
        {
            var word = text[start..end];
            var fix = word is "OR" or "AND" ? QueryRemoval.Span(text, start, end) : QueryRemoval.Of(text, start, end);
            messages.AddLast("Q108", start, end - start, $"There is no term {where} \"{word}\".", fix);
        }
        else if (_scan.AtEnd)
        {
            Unclosed(start);
        }
        else
        {
            messages.AddLast("Q108", start, _scan.At + 1 - start, "There is nothing between the parentheses.", QueryRemoval.Of(text, start, _scan.At + 1));
        }
    }

    private void Unclosed(int open)
    {
        if (messages.Closed)
        {
            return;
        }

        var kept = text.TrimEnd();
        var opened = _open;
        for (; opened > 0 && kept.EndsWith('('); opened--)
        {
            kept = kept[..^1].TrimEnd();
        }

        messages.AddLast("Q106", open, 1, "This \"(\" is never closed.", kept + new string(')', opened));
    }

    private static QueryTerm Nothing(int at) => new(AllNode.Instance, at, at);
}
