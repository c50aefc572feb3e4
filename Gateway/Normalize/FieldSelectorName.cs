using System.Text;

namespace KubeLens.Gateway.Normalize;

/// <summary>
/// The name that a field selector requires: <c>metadata.name=web-0,status.phase!=Running</c> → <c>web-0</c>.
/// The grammar is that of apimachinery's <c>fields.ParseSelector</c>: terms by comma, operators <c>!=</c>, <c>==</c>, <c>=</c>, backslash escapes.
/// </summary>
internal static class FieldSelectorName
{
    /// <summary>Empty when no name is required, the selector is invalid, or the name could not stand in a path.</summary>
    public static string Of(string selector)
    {
        if (!selector.Contains("metadata.name", StringComparison.Ordinal))
        {
            return "";
        }

        var terms = Terms(selector);
        terms.Sort(StringComparer.Ordinal);
        string? name = null;
        foreach (var term in terms)
        {
            if (term.Length == 0)
            {
                continue;
            }

            var at = Operator(term, out var width);
            if (at < 0 || !TryUnescape(term.AsSpan(at + width), out var value))
            {
                return "";
            }

            if (term[at] == '=' && term.AsSpan(0, at).SequenceEqual("metadata.name"))
            {
                name ??= value;
            }
        }

        return name is null or "." or ".." || name.AsSpan().IndexOfAny('/', '%') >= 0 ? "" : name;
    }

    private static List<string> Terms(string selector)
    {
        var terms = new List<string>(1);
        var start = 0;
        for (var i = 0; i < selector.Length; i++)
        {
            if (selector[i] == '\\')
            {
                i++;
            }
            else if (selector[i] == ',')
            {
                terms.Add(selector[start..i]);
                start = i + 1;
            }
        }

        terms.Add(selector[start..]);
        return terms;
    }

    private static int Operator(string term, out int width)
    {
        for (var i = 0; i < term.Length; i++)
        {
            var doubled = i + 1 < term.Length && term[i + 1] == '=';
            if (term[i] == '=' || (term[i] == '!' && doubled))
            {
                width = doubled ? 2 : 1;
                return i;
            }
        }

        width = 0;
        return -1;
    }

    private static bool TryUnescape(ReadOnlySpan<char> raw, out string value)
    {
        value = "";
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] is ',' or '=')
            {
                return false;
            }

            if (raw[i] == '\\' && (++i == raw.Length || raw[i] is not ('\\' or ',' or '=')))
            {
                return false;
            }

            text.Append(raw[i]);
        }

        value = text.ToString();
        return true;
    }
}
