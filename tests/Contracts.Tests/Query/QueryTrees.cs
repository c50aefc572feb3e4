using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;

namespace KubeLens.Contracts.Tests.Query;

/// <summary>Generates every tree that some text means: all nodes, all fields, all operators, values of each kind.</summary>
internal static class QueryTrees
{
    private const string BareCharacters = "abcXYZ019.-_/:*?+%&;=!äß語";
    private const string QuotedCharacters = "ab Z(),:\"\\\n\t*?-.<>=~\u00a0語";

    public static Gen<QueryNode> Trees() => Gen.Sized(size => Tree(Math.Min(size, 24)));

    private static Gen<QueryNode> Tree(int size) => size <= 1
        ? Leaf()
        : Gen.Frequency(
            (3, Leaf()),
            (2, Tree(size / 2).Select(n => (QueryNode)new NotNode(n))),
            (3, Several(size).Select(items => QueryNodes.All(items))),
            (3, Several(size).Select(items => QueryNodes.Any(items))));

    private static Gen<QueryNode[]> Several(int size) => Gen.Choose(2, 4).SelectMany(n => Gen.ArrayOf(Tree(size / n), n));

    private static Gen<QueryNode> Leaf() => Gen.Frequency(
        (1, Gen.Constant<QueryNode>(AllNode.Instance)),
        (3, TextValue().Select(v => (QueryNode)new TextNode(v))),
        (8, Gen.Elements(QueryFields.All.AsEnumerable()).SelectMany(Field)));

    private static Gen<QueryNode> Field(QueryField field) =>
        from op in Gen.Elements(field.Operators.AsEnumerable())
        from path in field.TakesPath ? Path() : Gen.Constant("")
        from values in Values(field, op)
        select (QueryNode)new FieldNode(field.Name, path, op, values);

    private static Gen<ImmutableArray<QueryValue>> Values(QueryField field, QueryOperator op) => op switch
    {
        QueryOperator.Present => Gen.Constant(ImmutableArray<QueryValue>.Empty),
        QueryOperator.Range => Range(field),
        QueryOperator.Any => Gen.Choose(1, 3).SelectMany(n => Gen.ArrayOf(Value(field, op), n)).Select(v => v.ToImmutableArray()),
        _ => Value(field, op).Select(v => ImmutableArray.Create(v)),
    };

    private static Gen<QueryValue> Value(QueryField field, QueryOperator op) => field.Kind switch
    {
        QueryKind.Choice or QueryKind.Flag => Word(Gen.Elements(field.Choices.AsEnumerable())),
        QueryKind.Status => Word(op == QueryOperator.Any ? Gen.Elements("none", "2xx", "404", "100", "599") : Gen.Elements("2xx", "404", "100")),
        QueryKind.Duration => Word(Gen.Elements("5us", "500ms", "1.5s", "2m", "3h", "9d")),
        QueryKind.Size => Word(Gen.Elements("0b", "64kib", "1.5mib", "2gib", "10kb")),
        QueryKind.Uuid => Word(Gen.ArrayOf(Gen.Choose(0, 255), 16).Select(b => new Guid([.. b.Select(x => (byte)x)]).ToString())),
        QueryKind.CallId => Word(Gen.Choose(0, 1_000_000).Select(i => new CallId(i, i + 1, i % 8192).ToString())),
        QueryKind.TraceId => Word(Hex(32)),
        QueryKind.SpanId => Word(Hex(16)),
        QueryKind.Resource => op == QueryOperator.Contains ? Text(field, op) : Word(Gen.Elements("pods", "pods/exec", "pods/*", "deployments.apps", "*/scale", "po?s", "jobs.batch/status")),
        _ => Text(field, op),
    };

    // Both ends in order, at most one open.
    private static Gen<ImmutableArray<QueryValue>> Range(QueryField field)
    {
        var open = new QueryValue("*", false);
        return from a in Value(field, QueryOperator.Range)
               from b in Value(field, QueryOperator.Range)
               from which in Gen.Choose(0, 3)
               let pair = QueryInterval.Of(QueryNodes.Field(field.Name, QueryOperator.Range, a, b))[0] is var i && i.From <= i.To ? (a, b) : (b, a)
               select which switch { 0 => ImmutableArray.Create(open, a), 1 => [a, open], _ => [pair.Item1, pair.Item2] };
    }

    private static Gen<QueryValue> Word(Gen<string> words) => from w in words from quoted in Gen.Elements(false, false, true) select new QueryValue(w, quoted);

    private static Gen<QueryValue> Text(QueryField field, QueryOperator op) => Gen.OneOf(Bare(1), Quoted(1))
        .Select(v => v with { Text = field.Kind == QueryKind.Body ? v.Text + "abc" : field.Cased(v.Text) })
        .Where(v => op != QueryOperator.Contains || v.Text.Length >= 3)
        .Where(v => v.Quoted || (!"=<>~".Contains(v.Text[0]) && !v.Text.StartsWith("!=", StringComparison.Ordinal)))
        .Where(v => op != QueryOperator.Any || v.Quoted || (v.Text != "*" && QueryValues.LeadingWildcard(v.Text) is null))
        .Where(v => field.Name != "ip" || !v.Text.Contains('/'));

    private static Gen<QueryValue> TextValue() => Gen.OneOf(Bare(1), Quoted(1))
        .Where(v => v.Quoted || (v.Text[0] != '-' && !v.Text.Contains(':') && v.Text != "*" && QueryValues.LeadingWildcard(v.Text) is null));

    private static Gen<QueryValue> Bare(int least) => Characters(BareCharacters, least).Select(t => new QueryValue(t, false));

    private static Gen<QueryValue> Quoted(int least) => Characters(QuotedCharacters, least).Select(t => new QueryValue(t, true));

    private static Gen<string> Path() => Gen.OneOf(
        Gen.Constant(""),
        Gen.Choose(1, 3).SelectMany(n => Gen.ArrayOf(Gen.OneOf(Gen.Elements("spec", "replicas", "0"), Characters(QuotedCharacters, 1)), n)).Select(QueryPath.Join));

    private static Gen<string> Characters(string from, int least) => Gen.Choose(least, 8).SelectMany(n => Gen.ArrayOf(Gen.Elements(from.AsEnumerable()), n)).Select(c => new string(c));

    private static Gen<string> Hex(int length) => Gen.ArrayOf(Gen.Elements("0123456789abcdef".AsEnumerable()), length).Select(c => new string(c));
}
