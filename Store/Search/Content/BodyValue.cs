using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Query;
using KubeLens.Store.Objects;
using KubeLens.Store.Search.Conditions;

namespace KubeLens.Store.Search.Content;

/// <summary>A value is at a path in a body that is JSON; the path goes through every item of a list. An empty text and null are no values.</summary>
internal sealed record BodyValue(FieldNode Node) : BodyTerm
{
    private readonly IReadOnlyList<string> _path = QueryPath.Split(Node.Path);
    private readonly IReadOnlyList<TextTest> _tests = TextMatch.Tests(Node, caseSensitive: true);

    public override bool Found(StoredContent content) => content.Roots.Any(root => Found(root, 0));

    private bool Found(JsonElement at, int step) => at.ValueKind switch
    {
        JsonValueKind.Array => at.EnumerateArray().Any(item => Found(item, step)),
        JsonValueKind.Object when step < _path.Count => at.Member(_path[step]) is { } member && Found(member, step + 1),
        JsonValueKind.Object => Node.Operator == QueryOperator.Present,
        JsonValueKind.Null => false,
        _ when step < _path.Count => false,
        JsonValueKind.String => Passes(at.GetString()!),
        _ => Passes(at.GetRawText()),
    };

    private bool Passes(string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        return _tests.Any(test => test.Passes(text));
    }
}
