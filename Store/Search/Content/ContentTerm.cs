using KubeLens.Contracts.Query;
using KubeLens.Store.Search.Conditions;

namespace KubeLens.Store.Search.Content;

/// <summary>A question that only what was sent and answered can tell.</summary>
/// <param name="Possible">Met by every call of which it may be so.</param>
internal abstract record ContentTerm(RowCondition Possible);

/// <summary>One that the bodies of the call tell.</summary>
internal abstract record BodyTerm() : ContentTerm(RowCondition.True)
{
    public abstract bool Found(StoredContent content);

    /// <summary>A term on <c>body</c>.</summary>
    public static BodyTerm Of(FieldNode node) => (node.Path, node.Operator) switch
    {
        ("", QueryOperator.Present) => new BodyThere(),
        ("", _) => new BodyText(node),
        _ => new BodyValue(node),
    };
}

/// <summary>Something was kept of a body.</summary>
internal sealed record BodyThere : BodyTerm
{
    public override bool Found(StoredContent content) => content.Bodies.Count > 0;
}
