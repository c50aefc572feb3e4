namespace KubeLens.Contracts.Query;

/// <summary>
/// Reads the search language (<c>docs/query-language.md</c>). Never throws, takes time linear in the length.
/// <code>
/// query   = [ or ] ;
/// or      = and { "OR" and } ;
/// and     = unary { [ "AND" ] unary } ;
/// unary   = { "-" | "NOT" } primary ;
/// primary = "(" or ")" | field ":" spec | text ;
/// field   = ident { "." ( ident | quoted ) } ;
/// spec    = "(" value { "," value } ")" | value ".." value | op value | value ;
/// op      = ">" | ">=" | "&lt;" | "&lt;=" | "=" | "~" ;
/// value   = quoted | bare | "*" ;
/// bare    = 1*( not: space ( ) " , ) ;
/// text    = quoted | bare ;
/// quoted  = '"' { char | \" | \\ | \n | \t } '"' ;
/// </code>
/// </summary>
public static class QueryParser
{
    /// <summary>The longest query, in UTF-16 code units (Q110).</summary>
    public const int MaxLength = 4096;

    /// <summary>The most terms and list values in one query (Q110).</summary>
    public const int MaxTerms = 256;

    /// <summary>The deepest nesting of parentheses and negations (Q111).</summary>
    public const int MaxDepth = 32;

    /// <summary>Parses <paramref name="text"/>.</summary>
    public static QueryParse Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var messages = new QueryMessages(text);
        var root = new QueryReader(text, messages).Read();
        return new QueryParse(messages.HasErrors ? null : root, messages.InOrder());
    }
}
