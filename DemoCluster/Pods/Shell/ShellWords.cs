using System.Text;

namespace KubeLens.DemoCluster.Pods.Shell;

/// <summary>
/// Splits a pipeline into words and operators: <c>cat "$HOME/a b" | grep x 2>&amp;1 > /tmp/y</c>.
/// Quotes, backslashes, <c>$NAME</c>, <c>${NAME}</c>, <c>$?</c> and comments are known; nothing else of a real shell is.
/// </summary>
internal static class ShellWords
{
    private static readonly string[] Operators = ["2>&1", "2>", ">>", ">", "|"];

    /// <exception cref="FormatException">A quote does not end.</exception>
    public static IReadOnlyList<ShellWord> Split(string line, Func<string, string> variable)
    {
        var words = new List<ShellWord>();
        for (var at = 0; at < line.Length;)
        {
            if (line[at] is ' ' or '\t' or '\r')
            {
                at++;
            }
            else if (line[at] == '#')
            {
                at = line.IndexOf('\n', at) is var end and >= 0 ? end : line.Length;
            }
            else if (Operators.FirstOrDefault(known => line.AsSpan(at).StartsWith(known)) is { } found)
            {
                words.Add(new ShellWord(found, IsOperator: true));
                at += found.Length;
            }
            else
            {
                words.Add(new ShellWord(Word(line, ref at, variable), IsOperator: false));
            }
        }

        return words;
    }

    private static string Word(string line, ref int at, Func<string, string> variable)
    {
        var word = new StringBuilder();
        var quote = '\0';
        for (; at < line.Length; at++)
        {
            var c = line[at];
            if (quote == '\0' && (char.IsWhiteSpace(c) || c is '|' or '>'))
            {
                break;
            }

            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && (c is '\'' or '"'))
            {
                quote = c;
            }
            else if (c == '\\' && quote != '\'' && at + 1 < line.Length)
            {
                word.Append(line[++at]);
            }
            else if (c == '$' && quote != '\'')
            {
                word.Append(Expand(line, ref at, variable));
            }
            else
            {
                word.Append(c);
            }
        }

        return quote == '\0' ? word.ToString() : throw new FormatException("syntax error: unterminated quoted string");
    }

    // Leaves at on the last character of what it read.
    private static string Expand(string line, ref int at, Func<string, string> variable)
    {
        var rest = line.AsSpan(at + 1);
        if (rest is ['?', ..])
        {
            at++;
            return variable("?");
        }

        var braced = rest is ['{', ..];
        var name = braced ? rest[1..] : rest;
        var length = 0;
        while (length < name.Length && (char.IsAsciiLetterOrDigit(name[length]) || name[length] == '_'))
        {
            length++;
        }

        if (length == 0 || (braced && (length == name.Length || name[length] != '}')))
        {
            return "$";
        }

        at += length + (braced ? 2 : 0);
        return variable(name[..length].ToString());
    }
}
