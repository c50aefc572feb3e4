using System.Text;
using KubeLens.Contracts.Query;
using KubeLens.Store.Search.Conditions;

namespace KubeLens.Store.Search.Content;

/// <summary>A text is somewhere in a body, in any case (of ASCII letters), as the body was kept: what is escaped in JSON is escaped.</summary>
internal sealed record BodyText : BodyTerm
{
    private readonly IReadOnlyList<byte[]> _plain;
    private readonly IReadOnlyList<TextTest> _patterns;

    public BodyText(FieldNode node)
    {
        var patterns = node.Values.Where(value => node.Operator == QueryOperator.Any && value.HasWildcards).ToList();
        _patterns = [.. patterns.Select(value => TextMatch.Substring(value) with { Kind = TextTestKind.Like })];
        _plain = [.. node.Values.Except(patterns).Select(value => Encoding.UTF8.GetBytes(TextMatch.Fold(value.Text)))];
    }

    public override bool Found(StoredContent content) => content.Folded.Any(text => _plain.Any(value => text.AsSpan().IndexOf(value) >= 0) || _patterns.Any(pattern => pattern.Passes(text)));
}
