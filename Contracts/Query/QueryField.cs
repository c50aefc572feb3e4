using System.Collections.Immutable;

namespace KubeLens.Contracts.Query;

/// <summary>A field of the search language.</summary>
/// <param name="Name">The canonical name, which is what <see cref="FieldNode.Field"/> holds.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="About">What it compares, for help and completion.</param>
public sealed record QueryField(string Name, QueryKind Kind, string About)
{
    private static readonly ImmutableArray<QueryOperator> Words = [QueryOperator.Any, QueryOperator.Literal, QueryOperator.Contains, QueryOperator.Present];
    private static readonly ImmutableArray<QueryOperator> Amounts = [QueryOperator.Any, QueryOperator.Greater, QueryOperator.GreaterOrEqual, QueryOperator.Less, QueryOperator.LessOrEqual, QueryOperator.Range, QueryOperator.Present];

    /// <summary>Other names that mean this field.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Names that people try: no query may use them, but completion and "did you mean" know what they stand for.</summary>
    public ImmutableArray<string> Hints { get; init; } = [];

    /// <summary>The only values there are, or empty when any value is.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>A call may have several values: a term asks for any of them, a negated one for none.</summary>
    public bool MultiValued { get; init; }

    /// <summary>Values differ by case. When false the parser turns them to lower case, or to upper case for <c>method</c>; compare in any case.</summary>
    public bool CaseSensitive => Kind is QueryKind.Text or QueryKind.Body;

    /// <summary>Unquoted <c>*</c> and <c>?</c> are wildcards.</summary>
    public bool Wildcards => Kind is QueryKind.Text or QueryKind.Keyword or QueryKind.Resource or QueryKind.Body;

    /// <summary>Values have an order: comparisons and ranges work.</summary>
    public bool Ordered => Kind is QueryKind.Status or QueryKind.Duration or QueryKind.Size;

    /// <summary>The field takes a path: <c>body.spec.replicas</c>.</summary>
    public bool TakesPath => Kind == QueryKind.Body;

    /// <summary>What a <see cref="FieldNode"/> of this field may hold. Where there are no wildcards the parser reads <c>=</c> as <see cref="QueryOperator.Any"/>.</summary>
    public ImmutableArray<QueryOperator> Operators => Kind switch
    {
        QueryKind.Status or QueryKind.Duration or QueryKind.Size => Amounts,
        QueryKind.Choice or QueryKind.Flag => [QueryOperator.Any],
        QueryKind.Uuid or QueryKind.CallId or QueryKind.TraceId or QueryKind.SpanId => [QueryOperator.Any, QueryOperator.Present],
        _ => Words,
    };

    // ASCII only: so does the database, and no word of Kubernetes has other letters.
    internal string Cased(string value) => CaseSensitive ? value : string.Create(value.Length, (value, Upper: Name == "method"), static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var c = from.value[i];
            span[i] = from.Upper && char.IsAsciiLetterLower(c) || !from.Upper && char.IsAsciiLetterUpper(c) ? (char)(c ^ 0x20) : c;
        }
    });
}
