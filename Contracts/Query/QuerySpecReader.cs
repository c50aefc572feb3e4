using System.Collections.Immutable;

namespace KubeLens.Contracts.Query;

/// <summary>Reads what follows the colon of a field: a value, a comparison, a range or a list.</summary>
internal sealed class QuerySpecReader(QueryScanner scan, QueryTokens tokens, QueryMessages messages)
{
    private static readonly (string Sign, QueryOperator Operator)[] Signs =
    [
        (">=", QueryOperator.GreaterOrEqual), (">", QueryOperator.Greater), ("<=", QueryOperator.LessOrEqual), ("<", QueryOperator.Less),
        ("=", QueryOperator.Literal), ("~", QueryOperator.Contains),
    ];

    private string Text => scan.Text;

    /// <summary>How many values a list held beyond the first.</summary>
    public int ExtraValues { get; private set; }

    /// <summary>The term whose field starts at <paramref name="start"/>, or null after an error.</summary>
    public FieldNode? Read(QueryField field, string path, int start) => scan.Here == '(' ? ReadList(field, path, start) : ReadSingle(field, path, start);

    private FieldNode? ReadSingle(QueryField field, string path, int start)
    {
        var spec = scan.At;
        var op = ReadOperator();
        var value = scan.At;
        if (Text.AsSpan(value).StartsWith("!=") && op == QueryOperator.Any)
        {
            return Fail("Q105", value, value + 2, "There is no \"!=\"; a leading \"-\" negates.", () => string.Concat(Text.AsSpan(0, start), "-", Text.AsSpan(start, value - start), Text.AsSpan(value + 2)));
        }

        var sign = tokens.SignLength();
        if (op != QueryOperator.Any && (scan.Here == '(' || sign > 0))
        {
            return scan.Here == '('
                ? Fail("Q105", spec, value, "A list takes no operator.", () => messages.Replaced(spec, value, ""))
                : Fail("Q105", value, value + sign, "There are two operators.", () => messages.Replaced(value, value + sign, ""));
        }

        if (scan.Here != '"' && !QueryScanner.IsBare(scan.Here))
        {
            MissingValue(field, start, spec);
            return null;
        }

        if (tokens.ReadValue() is not { } first || IsEmpty(field, first, start))
        {
            return null;
        }

        ImmutableArray<QueryPiece>? pieces = op == QueryOperator.Any && field.Ordered ? ReadRange(first, start) : [first];
        if (pieces is not { } read)
        {
            return null;
        }

        if (read.Length == 2)
        {
            op = QueryOperator.Range;
        }

        tokens.EndTerm(start, op == QueryOperator.Any ? spec : -1);
        return Build(field, path, op, read, (spec, value), start);
    }

    private QueryOperator ReadOperator()
    {
        foreach (var (sign, op) in Signs)
        {
            if (string.CompareOrdinal(Text, scan.At, sign, 0, sign.Length) == 0)
            {
                scan.At += sign.Length;
                return op;
            }
        }

        return QueryOperator.Any;
    }

    // 1s..5s, 1s..*, *..5s, either end quoted
    private ImmutableArray<QueryPiece>? ReadRange(QueryPiece first, int start)
    {
        var dots = first.Value.Quoted ? first.End : Text.IndexOf("..", first.Start, first.End - first.Start, StringComparison.Ordinal);
        if (dots < 0 || scan.CharAt(dots) != '.' || scan.CharAt(dots + 1) != '.')
        {
            return [first];
        }

        scan.At = dots + 2;
        if (dots == first.Start || (scan.Here != '"' && !QueryScanner.IsBare(scan.Here)))
        {
            var at = dots == first.Start ? dots : dots + 2;
            Fail("Q102", start, Math.Max(scan.At, first.End), "A range has two ends; * leaves one open.", () => messages.Replaced(at, at, "*"));
            return null;
        }

        var left = first.Value.Quoted ? first : new QueryPiece(new QueryValue(Text[first.Start..dots], false), first.Start, dots);
        return tokens.ReadValue() is { } right ? [left, right] : null;
    }

    private FieldNode? ReadList(QueryField field, string path, int start)
    {
        var list = scan.At++;
        var pieces = new List<QueryPiece>();
        while (true)
        {
            scan.SkipSpace();
            if (tokens.SignLength() is > 0 and var sign)
            {
                return Fail("Q105", scan.At, scan.At + sign, "Operators do not go into a list.", () => messages.Replaced(scan.At, scan.At + sign, ""));
            }

            if (scan.Here is ')' && pieces.Count == 0)
            {
                scan.At++;
                messages.Add("Q102", start, scan.At - start, $"The list of {field.Name} is empty.", messages.Replaced(list, scan.At, "*"));
                return null;
            }

            if (scan.Here is ')' or ',' or '(')
            {
                messages.AddLast("Q107", scan.At, 1, "A list holds values separated by single commas.", RepairedList(list));
                return null;
            }

            if (scan.AtEnd)
            {
                messages.AddLast("Q106", list, 1, "This \"(\" is never closed.", Text.TrimEnd().TrimEnd(',') + new string(')', tokens.Open + 1));
                return null;
            }

            if (tokens.ReadValue(1) is not { } piece || IsEmpty(field, piece, start))
            {
                return null;
            }

            pieces.Add(piece);
            scan.SkipSpace();
            if (scan.Here == ')')
            {
                scan.At++;
                break;
            }

            if (scan.Here == ',')
            {
                scan.At++;
            }
            else if (!scan.AtEnd)
            {
                messages.AddLast("Q107", scan.At, 1, "The values of a list are separated by commas.", RepairedList(list));
                return null;
            }
        }

        ExtraValues = pieces.Count - 1;
        tokens.EndTerm(start, -1);
        return Build(field, path, QueryOperator.Any, [.. pieces], (list, list), start);
    }

    private FieldNode? Build(QueryField field, string path, QueryOperator op, ImmutableArray<QueryPiece> pieces, (int Start, int End) sign, int start)
    {
        if (op == QueryOperator.Literal && !field.Wildcards)
        {
            op = QueryOperator.Any;
        }

        var open = op is QueryOperator.Any && pieces.Any(p => p.Value is { Quoted: false, Text: "*" });
        if (open || (op == QueryOperator.Range && pieces.All(p => p.Value is { Quoted: false, Text: "*" })))
        {
            (op, pieces) = (QueryOperator.Present, []);
        }

        if (!field.Operators.Contains(op))
        {
            var wrong = op == QueryOperator.Present ? "\"*\"" : $"\"{Text[sign.Start..sign.End]}\"";
            var choices = field.Choices.Length > 0 ? $"; its values are {string.Join(", ", field.Choices)}" : "";
            var fix = op == QueryOperator.Present ? QueryRemoval.Of(Text, start, scan.At) : messages.Replaced(sign.Start, sign.End, "");
            messages.Add("Q105", sign.Start, sign.End - sign.Start, $"{wrong} does not work with {field.Name}{choices}.", fix);
            return null;
        }

        var values = new QueryValues(Text, messages, field, path);
        var read = pieces.Select(p => values.Check(p, op)).ToImmutableArray();
        if (read.Any(v => v is null))
        {
            return null;
        }

        var node = new FieldNode(field.Name, path, op, [.. read.Select(v => v!)]);
        if (op == QueryOperator.Range && QueryInterval.Of(node)[0] is var interval && interval.From > interval.To)
        {
            var swapped = $"{Text[pieces[1].Start..pieces[1].End]}..{Text[pieces[0].Start..pieces[0].End]}";
            messages.Add("Q109", pieces[0].Start, pieces[1].End - pieces[0].Start, "The range ends before it starts.", messages.Replaced(pieces[0].Start, pieces[1].End, swapped));
            return null;
        }

        return node;
    }

    private bool IsEmpty(QueryField field, QueryPiece piece, int start)
    {
        if (piece.Value.Text.Length > 0)
        {
            return false;
        }

        var end = scan.At;
        Fail("Q102", piece.Start, piece.End, $"Empty quotes match nothing; -{field.Name}:* finds calls without {field.Name}.", () => end == piece.End ? messages.Replaced(start, end, $"-{field.Name}:*") : "");
        return true;
    }

    private void MissingValue(QueryField field, int start, int spec)
    {
        var end = scan.At;
        scan.SkipSpace();
        var next = scan.At;
        var joins = next > end && !scan.AtEnd && scan.Here is not (')' or ',') && !scan.IsWord("OR") && !scan.IsWord("AND") && !scan.IsWord("NOT")
            && !Text.AsSpan(next, scan.BareEnd(next) - next).Contains(':');
        scan.At = end;
        var fix = joins ? messages.Replaced(end, next, "") : field.Operators.Contains(QueryOperator.Present) ? messages.Replaced(spec, end, "*") : "";
        messages.Add("Q102", start, end - start, $"There is no value after {Text[start..end]}", fix);
    }

    private FieldNode? Fail(string code, int start, int end, string problem, Func<string> fix)
    {
        tokens.Fail(code, start, end, problem, fix);
        return null;
    }

    private string RepairedList(int list)
    {
        var close = Text.IndexOf(')', list);
        var end = close < 0 ? Text.Length : close;
        var inner = Text[(list + 1)..end];
        if (inner.AsSpan().ContainsAny('"', '('))
        {
            return "";
        }

        var values = inner.Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Where(v => !v.Equals("or", StringComparison.OrdinalIgnoreCase));
        return messages.Replaced(list + 1, end, string.Join(',', values));
    }
}
