namespace KubeLens.Contracts.Query;

/// <summary>Reads one term: quoted text, a word, or a field. A term with an error reads as <see cref="AllNode"/>.</summary>
internal sealed class QueryTermReader(QueryScanner scan, QueryTokens tokens, QueryMessages messages)
{
    private readonly QuerySpecReader _spec = new(scan, tokens, messages);

    private string Text => scan.Text;

    /// <summary>How many values a list held beyond the first.</summary>
    public int ExtraValues => _spec.ExtraValues;

    public QueryNode ReadQuotedText()
    {
        var start = scan.At;
        if (tokens.ReadValue() is not { } piece)
        {
            return AllNode.Instance;
        }

        if (piece.Value.Text.Length == 0)
        {
            messages.Add("Q102", start, 2, "There is nothing between the quotes.", QueryRemoval.Of(Text, start, piece.End));
            return AllNode.Instance;
        }

        tokens.EndTerm(start, -1);
        return new TextNode(piece.Value);
    }

    public QueryNode ReadFieldOrWord()
    {
        var start = scan.At;
        if (QueryFieldName.TryRead(scan, out var name))
        {
            return ReadField(name, start);
        }

        var end = scan.BareEnd(start);
        var colon = Text.IndexOf(':', start, end - start);
        if (colon >= 0)
        {
            return UnknownField(start, colon);
        }

        scan.At = end;
        tokens.EndTerm(start, -1);
        var value = new QueryValue(Text[start..end], false);
        if (value.Text == "*")
        {
            return AllNode.Instance;
        }

        if (QueryValues.LeadingWildcard(value.Text) is { } without)
        {
            messages.Add("Q210", start, end - start, QueryValues.LeadingWildcardText, messages.Replaced(start, end, without));
        }

        return new TextNode(value);
    }

    private QueryNode ReadField(QueryFieldName name, int start)
    {
        var field = QueryFields.Find(name.Name);
        if (field is null || (name.Path.Length > 0 && !field.TakesPath))
        {
            return UnknownField(start, scan.At - 1);
        }

        var node = _spec.Read(field, name.Path, start);
        return node is null ? AllNode.Instance : node;
    }

    private QueryNode UnknownField(int start, int colon)
    {
        var name = Text[start..colon];
        scan.At = colon + 1;
        tokens.SkipSpec();
        var length = Math.Max(colon - start, 1);
        if (QueryFields.MeansTime(name))
        {
            messages.Add("Q150", start, length, $"Time is not part of the query (\"{name}:\"): set the time range instead (from and to).", QueryRemoval.Of(Text, start, scan.At));
        }
        else if (QueryFields.Nearest(name.Split('.')[0]) is { } near)
        {
            messages.Add("Q101", start, length, $"There is no field \"{name}\"; did you mean \"{near}\"?", messages.Replaced(start, colon, near));
        }
        else
        {
            messages.Add("Q101", start, length, $"There is no field \"{name}\"; quotes make it text.", messages.Replaced(start, scan.At, QueryPrinter.Quoted(Text[start..scan.At])));
        }

        return AllNode.Instance;
    }
}
