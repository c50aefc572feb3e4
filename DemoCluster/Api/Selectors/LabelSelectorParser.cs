using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Api.Selectors;

/// <summary>
/// Reads <c>app=web,tier!=cache,env in (a,b),track notin (canary),owner,!legacy</c>:
/// <code>
/// selector    = [ requirement { "," requirement } ]
/// requirement = "!" key | key [ ( "=" | "==" | "!=" ) [ value ] | ( "in" | "notin" ) "(" [ value { "," value } ] ")" ]
/// </code>
/// </summary>
internal ref struct LabelSelectorParser
{
    private readonly ReadOnlySpan<char> _text;
    private int _place;

    private LabelSelectorParser(ReadOnlySpan<char> text) => _text = text;

    /// <exception cref="ApiException">400.</exception>
    public static LabelSelector Parse(string text)
    {
        var parser = new LabelSelectorParser(text);
        var requirements = new List<LabelRequirement>();
        while (parser.Peek().Length > 0)
        {
            requirements.Add(parser.Requirement());
            var separator = parser.Next();
            if (separator.Length > 0 && separator != ",")
            {
                throw ApiErrors.BadRequest($"found '{separator}', expected: ',' or 'end of string'");
            }

            if (separator == "," && parser.Peek().Length == 0)
            {
                throw ApiErrors.BadRequest("found '', expected: identifier after ','");
            }
        }

        return requirements.Count == 0 ? LabelSelector.Everything : new LabelSelector(requirements);
    }

    private LabelRequirement Requirement()
    {
        var first = Next();
        if (first == "!")
        {
            return new LabelRequirement(Key(Next()), LabelOperator.DoesNotExist, []);
        }

        var key = Key(first);
        switch (Peek())
        {
            case "" or ",":
                return new LabelRequirement(key, LabelOperator.Exists, []);
            case "=" or "==":
                Next();
                return new LabelRequirement(key, LabelOperator.In, [Value()]);
            case "!=":
                Next();
                return new LabelRequirement(key, LabelOperator.NotIn, [Value()]);
            case "in":
                Next();
                return new LabelRequirement(key, LabelOperator.In, Values());
            case "notin":
                Next();
                return new LabelRequirement(key, LabelOperator.NotIn, Values());
            default:
                throw ApiErrors.BadRequest($"unable to parse requirement: found '{Peek()}', expected: '=', '!=', '==', 'in', notin'");
        }
    }

    private List<string> Values()
    {
        var open = Next();
        if (open != "(")
        {
            throw Unexpected(open, "'('");
        }

        var values = new List<string> { Value() };
        for (var token = Next(); token != ")"; token = Next())
        {
            if (token != ",")
            {
                throw Unexpected(token, "',' or ')'");
            }

            values.Add(Value());
        }

        return values;
    }

    /// <summary>May be empty, as in <c>a=</c>.</summary>
    private string Value() => IsSymbol(Peek()) || Peek().Length == 0 ? "" : Next();

    private static string Key(string token) =>
        token.Length > 0 && !IsSymbol(token) ? token : throw ApiErrors.BadRequest($"found '{token}', expected: !, identifier, or 'end of string'");

    private static bool IsSymbol(string token) => token is "," or "(" or ")" or "!" or "=" or "==" or "!=";

    private static ApiException Unexpected(string found, string expected) =>
        ApiErrors.BadRequest($"unable to parse requirement: found '{found}' expected: {expected}");

    private readonly string Peek()
    {
        var copy = this;
        return copy.Next();
    }

    private string Next()
    {
        while (_place < _text.Length && char.IsWhiteSpace(_text[_place]))
        {
            _place++;
        }

        var start = _place;
        if (start == _text.Length)
        {
            return "";
        }

        if (_text[start] is ',' or '(' or ')')
        {
            _place++;
        }
        else if (_text[start] is '=' or '!')
        {
            _place += start + 1 < _text.Length && _text[start + 1] == '=' ? 2 : 1;
        }
        else
        {
            while (_place < _text.Length && _text[_place] is not (',' or '(' or ')' or '=' or '!') && !char.IsWhiteSpace(_text[_place]))
            {
                _place++;
            }
        }

        return _text[start.._place].ToString();
    }
}
