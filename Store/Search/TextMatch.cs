using System.Text;
using KubeLens.Contracts.Query;
using KubeLens.Store.Database;

namespace KubeLens.Store.Search;

/// <summary>How one text expression is compared with a value. Case is folded for ASCII only, as the database does (<see cref="StoreContext.Collation"/>).</summary>
internal static class TextMatch
{
    /// <summary>A term of a field on <paramref name="expression"/>, which is empty where the field is absent.</summary>
    public static Sql Field(string expression, FieldNode node, bool caseSensitive)
    {
        if (node.Operator == QueryOperator.Present)
        {
            return Sql.Of<string>($"{expression} <> ''");
        }

        return Sql.Join("or", [.. node.Values.Select(value => node.Operator switch
        {
            QueryOperator.Contains => Substring(expression, value with { Quoted = true }),
            QueryOperator.Any when value.HasWildcards => Wildcard(expression, value.Text, caseSensitive),
            _ => Equal(expression, value.Text, caseSensitive),
        })]);
    }

    /// <summary>In any case, anywhere in the expression.</summary>
    public static Sql Substring(string expression, QueryValue value) => Sql.Of($"lower({expression}) like ?", $"%{(value.Quoted ? Escape(Fold(value.Text)) : Pattern(Fold(value.Text)))}%");

    private static Sql Equal(string expression, string value, bool caseSensitive) =>
        caseSensitive ? Sql.Of($"{expression} = ?", Fit(value)) : Sql.Of($"lower({expression}) = ?", Fold(value));

    private static Sql Wildcard(string expression, string value, bool caseSensitive)
    {
        var like = caseSensitive ? Sql.Of($"{expression} like ?", Pattern(Fit(value))) : Sql.Of($"lower({expression}) like ?", Pattern(Fold(value)));

        // Stars alone would match what is absent.
        return value.AsSpan().Trim('*').IsEmpty ? Sql.Of<string>($"{expression} <> ''") : like;
    }

    private static string Pattern(string value)
    {
        var pattern = new StringBuilder(value.Length + 8);
        foreach (var c in value)
        {
            _ = c switch
            {
                '*' => pattern.Append('%'),
                '?' => pattern.Append('_'),
                '%' or '_' or '\\' => pattern.Append('\\').Append(c),
                _ => pattern.Append(c),
            };
        }

        return pattern.ToString();
    }

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static string Fold(string value) => string.Create(value.Length, Fit(value), (span, text) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            span[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        }
    });

    // What cannot be stored is compared as what is stored instead.
    private static string Fit(string value) => StoredText.Fit(value, int.MaxValue);
}
