using System.Globalization;
using System.Text;

namespace KubeLens.Gateway.Redact.Rules.Paths;

/// <summary>
/// Reads the part of JSONPath (RFC 9535) that can be decided while a document passes:
/// <code>
/// path = "$" step+ ;  step = "." (name | "*") | ".." (name | "*" | bracket) | bracket
/// bracket = "[" ("*" | digits | 'name' | "name") "]"      $.spec.users[*].token   $..['api.key']   $.args[0]
/// </code>
/// </summary>
internal static class JsonPathParser
{
    public const int MaxSteps = 32;
    private const int MaxLength = 1_024, MaxIndexDigits = 9;

    /// <exception cref="JsonPathException">It is something else; the column and the fix are in the message.</exception>
    public static IReadOnlyList<PathStep> Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new JsonPathException(MaxLength + 1, $"the path is longer than {MaxLength} characters");
        }

        if (!text.StartsWith('$'))
        {
            throw new JsonPathException(1, $"a path begins at the object, with $: {Suggestion(text)}");
        }

        var steps = new List<PathStep>();
        for (var at = 1; at < text.Length;)
        {
            if (steps.Count == MaxSteps)
            {
                throw new JsonPathException(at + 1, $"the path has more than {MaxSteps} steps; use .. for any depth");
            }

            steps.Add(Step(text, ref at));
        }

        return steps.Count > 0 ? steps : throw new JsonPathException(1, "$ alone is the whole object; name a member, as $.spec, or keep no bodies by Capture:Policy with Level metadata");
    }

    private static PathStep Step(string text, ref int at)
    {
        if (text[at] == '[')
        {
            return Bracket(text, ref at, descends: false);
        }

        if (text[at] != '.')
        {
            throw new JsonPathException(at + 1, Unexpected(text[at]));
        }

        var descends = ++at < text.Length && text[at] == '.';
        at += descends ? 1 : 0;
        if (descends && at < text.Length && text[at] == '[')
        {
            return Bracket(text, ref at, descends);
        }

        if (at < text.Length && text[at] == '*')
        {
            at++;
            return new PathStep(null, -1, descends);
        }

        var start = at;
        while (at < text.Length && IsNameCharacter(text[at]))
        {
            at++;
        }

        return at > start ? new PathStep(text[start..at], -1, descends)
            : throw new JsonPathException(at + 1, at == text.Length ? "the path ends after a dot; name a member, or take the dot off" : Unexpected(text[at]));
    }

    private static PathStep Bracket(string text, ref int at, bool descends)
    {
        var open = at++;
        PathStep step;
        switch (at < text.Length ? text[at] : '\0')
        {
            case '*':
                at++;
                step = new PathStep(null, -1, descends);
                break;
            case '\'' or '"':
                step = new PathStep(Quoted(text, ref at), -1, descends);
                break;
            case >= '0' and <= '9':
                step = new PathStep(null, Index(text, ref at), descends);
                break;
            case '\0':
                throw new JsonPathException(open + 1, "the bracket is not closed; write [*], [0] or ['name']");
            case var other:
                throw new JsonPathException(at + 1, Unexpected(other));
        }

        if (at == text.Length)
        {
            throw new JsonPathException(open + 1, "the bracket is not closed; put ] at its end");
        }

        return text[at++] == ']' ? step : throw new JsonPathException(at, Unexpected(text[at - 1]));
    }

    private static int Index(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        var digits = text.AsSpan(start, at - start);
        return digits.Length <= MaxIndexDigits && (digits.Length == 1 || digits[0] != '0') ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : throw new JsonPathException(start + 1, $"an index has at most {MaxIndexDigits} digits and no zeros before it");
    }

    private static string Quoted(string text, ref int at)
    {
        var (open, quote) = (at, text[at]);
        var name = new StringBuilder();
        while (++at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\' && (++at == text.Length || text[at] is not ('\\' or '\'' or '"' or '/')))
            {
                throw new JsonPathException(at, "only \\\\, \\/, \\' and \\\" are escapes; write other characters as they are");
            }

            name.Append(text[at]);
        }

        if (at >= text.Length)
        {
            throw new JsonPathException(open + 1, "the name is not closed; put the same quote at its end");
        }

        at++;
        return name.ToString();
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' || c >= 0x80;

    private static string Suggestion(string text) => text is ['.', ..] or ['[', ..] ? $"write ${text}" : "write $.spec.password";

    private static string Unexpected(char c) => c switch
    {
        '?' or '@' or '(' or ')' => "filters and scripts are not supported, as what they ask may follow the value; take every element, as $.users[*].token",
        ':' => "slices are not supported; take every element with [*], or one with [0]",
        ',' => "lists in brackets are not supported; give a path for each",
        '-' => "counting from the end is not supported, as a document is read from its beginning; take every element with [*]",
        '.' => "at most two dots stand together; write $..name",
        ' ' or '\t' or '\r' or '\n' => "spaces are not part of a path; take them out, or quote the name as ['a name']",
        '$' => "$ stands only at the beginning; quote a name that has it, as ['$ref']",
        _ => $"{(char.IsControl(c) ? "a control character" : $"\"{c}\"")} is not expected here; go on with .name, ..name, [*], [0] or ['name']",
    };
}
