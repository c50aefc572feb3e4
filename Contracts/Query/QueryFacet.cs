using System.Collections.Immutable;

namespace KubeLens.Contracts.Query;

/// <summary>
/// What a query says of one field in terms that a click may change: those that every call has to meet, with plain values.
/// <code>verb:(get,list) -verb:watch ns:prod   →   included get, list; excluded watch; rest ns:prod</code>
/// Terms with wildcards or comparisons, within OR or in parentheses, and two of them that both have to be met, stay in the rest.
/// </summary>
public sealed class QueryFacet
{
    private readonly StringComparer _comparer;
    private readonly ImmutableArray<QueryNode> _terms;
    private readonly int _place;

    private QueryFacet(string field, ImmutableArray<QueryNode> terms)
    {
        Field = field;
        _comparer = QueryFields.Find(field) is { CaseSensitive: true } ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        var included = terms.OfType<FieldNode>().Where(IsOwn).ToList();
        Included = included.Count == 1 ? Texts(included[0]) : [];
        Excluded = [.. terms.OfType<NotNode>().Where(IsOwnExclusion).SelectMany(not => Texts((FieldNode)not.Item)).Distinct(_comparer)];
        bool Owned(QueryNode term) => IsOwnExclusion(term) || (included.Count == 1 && ReferenceEquals(term, included[0]));
        _place = terms.IndexOf(terms.FirstOrDefault(Owned)!) is >= 0 and var place ? place : terms.Length;
        _terms = [.. terms.Where(term => !Owned(term))];
        Rest = QueryNodes.All(_terms);
        AlsoLimited = Mentions(Rest);
    }

    /// <summary>The field's name.</summary>
    public string Field { get; }

    /// <summary>The values of which a call has one; any value when there are none.</summary>
    public IReadOnlyList<string> Included { get; }

    /// <summary>The values of which a call has none.</summary>
    public IReadOnlyList<string> Excluded { get; }

    /// <summary>The query without these terms.</summary>
    public QueryNode Rest { get; }

    /// <summary>The rest speaks of the field too.</summary>
    public bool AlsoLimited { get; }

    /// <param name="query">The whole query.</param>
    /// <param name="field">A field's name.</param>
    public static QueryFacet Of(QueryNode query, string field) => new(field, query switch
    {
        AllNode => [],
        AndNode and => and.Items,
        _ => [query],
    });

    /// <summary>Whether two values are the same to the field.</summary>
    public bool Same(string value, string other) => _comparer.Equals(value, other);

    /// <summary>The query with that value as well, which it does not exclude any more.</summary>
    public QueryNode Include(string value) => Build([.. Without(Included, value), value], Without(Excluded, value));

    /// <summary>The query with that value and no other.</summary>
    public QueryNode Only(string value) => Build([value], []);

    /// <summary>The query without calls that have that value.</summary>
    public QueryNode Exclude(string value) => Build(Without(Included, value), [.. Without(Excluded, value), value]);

    /// <summary>The query that says nothing of that value.</summary>
    public QueryNode Forget(string value) => Build(Without(Included, value), Without(Excluded, value));

    private IReadOnlyList<string> Without(IReadOnlyList<string> values, string value) => [.. values.Where(other => !Same(other, value))];

    // Where the first of the field's terms stood; at the end if there was none.
    private QueryNode Build(IReadOnlyList<string> included, IReadOnlyList<string> excluded)
    {
        List<QueryNode> own = [];
        if (included.Count > 0)
        {
            own.Add(Term(included));
        }

        if (excluded.Count > 0)
        {
            own.Add(new NotNode(Term(excluded)));
        }

        return QueryNodes.All([.. _terms[.._place], .. own, .. _terms[_place..]]);
    }

    private FieldNode Term(IEnumerable<string> values) => new(Field, "", QueryOperator.Any, [.. values.Select(QueryValue.Exact)]);

    private bool IsOwn(QueryNode term) => term is FieldNode { Operator: QueryOperator.Any, Path.Length: 0 } node && node.Field == Field && !node.Values.Any(value => value.HasWildcards);

    private bool IsOwnExclusion(QueryNode term) => term is NotNode not && IsOwn(not.Item);

    private bool Mentions(QueryNode node) => node switch
    {
        AndNode and => and.Items.Any(Mentions),
        OrNode or => or.Items.Any(Mentions),
        NotNode not => Mentions(not.Item),
        FieldNode field => field.Field == Field,
        _ => false,
    };

    private ImmutableArray<string> Texts(FieldNode node) => [.. node.Values.Select(value => value.Text).Distinct(_comparer)];
}
