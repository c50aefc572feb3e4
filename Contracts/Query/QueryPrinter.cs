using System.Text;

namespace KubeLens.Contracts.Query;

/// <summary>Prints a query in its one canonical form: what <see cref="QueryParser"/> reads back as the same tree.</summary>
public static class QueryPrinter
{
    private const int InOr = 0, InAnd = 1, InNot = 2;

    /// <summary>The canonical text; empty for everything.</summary>
    public static string Print(QueryNode node)
    {
        if (node is AllNode)
        {
            return "";
        }

        var output = new StringBuilder();
        Write(output, node, InOr);
        return output.ToString();
    }

    internal static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)}\"";

    /// <summary>True when a bare word says exactly that text, wherever a value may stand.</summary>
    internal static bool IsPlain(string text) => IsWord(text) && !text.AsSpan().ContainsAny('*', '?') && IsText(text) && !text.Contains("..", StringComparison.Ordinal);

    private static void Write(StringBuilder output, QueryNode node, int place)
    {
        switch (node)
        {
            case OrNode or:
                WriteGroup(output, or.Items, " OR ", place > InOr, InAnd);
                break;
            case AndNode and:
                WriteGroup(output, and.Items, " ", place > InAnd, InNot);
                break;
            case NotNode not:
                output.Append('-');
                Write(output, not.Item, InNot);
                break;
            case TextNode text:
                output.Append(text.Value.Quoted || !IsText(text.Value.Text) ? Quoted(text.Value.Text) : text.Value.Text);
                break;
            case FieldNode field:
                WriteField(output, field);
                break;
            default:
                output.Append('*');
                break;
        }
    }

    private static void WriteGroup(StringBuilder output, IEnumerable<QueryNode> items, string separator, bool parentheses, int place)
    {
        var before = parentheses ? "(" : "";
        foreach (var item in items)
        {
            output.Append(before);
            Write(output, item, place);
            before = separator;
        }

        output.Append(parentheses ? ")" : "");
    }

    private static void WriteField(StringBuilder output, FieldNode field)
    {
        output.Append(field.Field).Append(field.Path.Length > 0 ? "." : "").Append(field.Path).Append(':');
        output.Append(field.Operator switch
        {
            QueryOperator.Any when field.Values.Length > 1 => $"({string.Join(',', field.Values.Select(v => Value(v, starIsValue: true)))})",
            QueryOperator.Any => Value(field.Values[0], starIsValue: true),
            QueryOperator.Literal => $"={Value(field.Values[0], starIsValue: false)}",
            QueryOperator.Contains => $"~{Value(field.Values[0], starIsValue: false)}",
            QueryOperator.Greater => $">{Value(field.Values[0], starIsValue: false)}",
            QueryOperator.GreaterOrEqual => $">={Value(field.Values[0], starIsValue: false)}",
            QueryOperator.Less => $"<{Value(field.Values[0], starIsValue: false)}",
            QueryOperator.LessOrEqual => $"<={Value(field.Values[0], starIsValue: false)}",
            QueryOperator.Range => $"{Value(field.Values[0], starIsValue: false)}..{Value(field.Values[1], starIsValue: false)}",
            _ => "*",
        });
    }

    // A value that a tree built by code calls bare, and that no bare word can say, is quoted: what is printed always parses.
    private static string Value(QueryValue value, bool starIsValue) =>
        value.Quoted || !IsWord(value.Text) || (starIsValue && value.Text == "*") ? Quoted(value.Text) : value.Text;

    private static bool IsWord(string text) => text.Length > 0 && text.All(QueryScanner.IsBare) && !QueryTokens.IsSign(text[0]) && !text.StartsWith("!=", StringComparison.Ordinal);

    private static bool IsText(string text) =>
        text.Length > 0 && text.All(QueryScanner.IsBare) && text[0] != '-' && text is not ("OR" or "AND" or "NOT" or "*") && !text.Contains(':', StringComparison.Ordinal);
}
