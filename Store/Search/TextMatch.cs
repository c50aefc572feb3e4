using System.Text;
using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Search.Conditions;

namespace KubeLens.Store.Search;

/// <summary>How one text is compared with a value. Case is folded for ASCII only, as the database does (<see cref="StoreContext.Collation"/>).</summary>
internal static class TextMatch
{
    private static readonly TextTest Present = new(TextTestKind.NotEmpty, "");

    /// <summary>A term of a field on <paramref name="expression"/>, which is empty where the field is absent.</summary>
    public static Sql Field(string expression, FieldNode node, bool caseSensitive) => Sql.Join("or", [.. Tests(node, caseSensitive).Select(test => test.ToSql(expression))]);

    /// <summary>A term of a field on a text that is empty where the field is absent: one of these has to pass.</summary>
    public static IReadOnlyList<TextTest> Tests(FieldNode node, bool caseSensitive) => node.Operator == QueryOperator.Present ? [Present] : [.. node.Values.Select(value => node.Operator switch
    {
        QueryOperator.Contains => Substring(value with { Quoted = true }),
        QueryOperator.Any when value.HasWildcards => Wildcard(value.Text, caseSensitive),
        _ => caseSensitive ? new TextTest(TextTestKind.Equal, Fit(value.Text)) : new TextTest(TextTestKind.EqualFolded, Fold(value.Text)),
    })];

    /// <summary>In any case, anywhere in the text.</summary>
    public static TextTest Substring(QueryValue value) => new(TextTestKind.LikeFolded, $"%{(value.Quoted ? Escape(Fold(value.Text)) : Pattern(Fold(value.Text)))}%");

    /// <summary>All of a text, with wildcards.</summary>
    public static TextTest Glob(string value) => new(TextTestKind.Like, Pattern(value));

    // Stars alone would match what is absent.
    private static TextTest Wildcard(string value, bool caseSensitive) => value.AsSpan().Trim('*').IsEmpty ? Present
        : caseSensitive ? new TextTest(TextTestKind.Like, Pattern(Fit(value)))
        : new TextTest(TextTestKind.LikeFolded, Pattern(Fold(value)));

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

    /// <summary>In lower case.</summary>
    public static string Fold(string value) => string.Create(value.Length, Fit(value), (span, text) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            span[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        }
    });

    // What cannot be stored is compared as what is stored instead.
    private static string Fit(string value) => StoredText.Fit(value, int.MaxValue);
}
