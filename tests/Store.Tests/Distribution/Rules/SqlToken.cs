using System.Text.RegularExpressions;

namespace KubeLens.Store.Tests.Distribution.Rules;

/// <summary>A word, a sign, a literal or a parameter of a statement, or all that stands in a pair of parentheses.</summary>
/// <param name="Text">In lower case; <c>'</c> for a literal, <c>(</c> for a pair.</param>
/// <param name="Literal">What the literal says.</param>
/// <param name="Inner">What stands in the pair.</param>
internal sealed partial record SqlToken(string Text, string Literal = "", IReadOnlyList<SqlToken>? Inner = null)
{
    public bool IsQuery => Inner is [{ Text: "select" or "with" or "insert" or "update" or "delete" or "values" }, ..];

    public static IReadOnlyList<SqlToken> Read(string sql)
    {
        var words = new Queue<Match>(Word().Matches(sql).Where(match => !match.Groups["comment"].Success));
        return Read(words);
    }

    private static List<SqlToken> Read(Queue<Match> words)
    {
        var tokens = new List<SqlToken>();
        while (words.TryDequeue(out var word) && word.Value is not (")" or "]"))
        {
            tokens.Add(word switch
            {
                { Value: "(" or "[" } => new SqlToken(word.Value, Inner: Read(words)),
                { Value: ['\'', ..] } => new SqlToken("'", word.Value.Trim('\'')),
                _ => new SqlToken(word.Value.Trim('"').ToLowerInvariant()),
            });
        }

        return tokens;
    }

    [GeneratedRegex("""(?<comment>--[^\n]*)|'(?:[^']|'')*'|"[^"]*"|\$\$.*?\$\$|\$\d+|[A-Za-z_][A-Za-z0-9_$]*|\d+|::|<=|>=|<>|\|\||&&|@>|[^\s]""", RegexOptions.Singleline)]
    private static partial Regex Word();
}
