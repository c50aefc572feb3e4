using System.Text;
using KubeLens.Contracts.Query;
using KubeLens.Store.Objects;
using KubeLens.Store.Search.Conditions;

namespace KubeLens.Store.Search.Content;

/// <summary>One that what a call changed tells.</summary>
/// <param name="Possible">Met by updates and patches that succeeded.</param>
internal abstract record ChangeTerm(RowCondition Possible) : ContentTerm(Possible)
{
    /// <param name="changes">Known ones.</param>
    public abstract bool Found(ObjectChanges changes);
}

/// <summary>It is known.</summary>
internal sealed record ChangesKnown(RowCondition Possible) : ChangeTerm(Possible)
{
    public override bool Found(ObjectChanges changes) => true;
}

/// <summary>A path is among it.</summary>
internal sealed record PathChanged : ChangeTerm
{
    private readonly QueryOperator _operator;
    private readonly IReadOnlyList<ChangedPath> _paths;
    private readonly IReadOnlyList<TextTest> _parts;

    public PathChanged(FieldNode node, RowCondition possible)
        : base(possible)
    {
        _operator = node.Operator;
        _paths = [.. node.Values.Select(value => new ChangedPath(value, node.Operator == QueryOperator.Literal))];
        _parts = node.Operator == QueryOperator.Contains ? TextMatch.Tests(node, caseSensitive: true) : [];
    }

    public override bool Found(ObjectChanges changes) => _operator switch
    {
        QueryOperator.Present => changes.Count > 0,
        QueryOperator.Contains => changes.Places.Any(place => Encoding.UTF8.GetBytes(ObjectPath.Print(place.Path)) is var path && _parts.Any(part => part.Passes(path))),
        _ => changes.Places.Any(place => _paths.Any(path => path.Has(place))),
    };
}
