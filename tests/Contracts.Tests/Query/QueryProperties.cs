using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using KubeLens.Contracts.Query;

namespace KubeLens.Contracts.Tests.Query;

public class QueryProperties
{
    private static readonly string[] Pieces =
    [
        "(", ")", "\"", "\\", ",", ":", "-", "*", "?", "..", ">", "<", "=", "~", "!", "!=", " ", "\t", "\n", "\0", "\ud800", "語", "OR", "AND", "NOT", "or",
        "user", "u", "verb", "status", "latency", "resource", "body", "is", "time", "usr", "get", "list", "404", "4xx", "none", "500ms", "64KiB", "pods/exec", ".", "/", "a", "x y",
    ];

    [Property(MaxTest = 2000, EndSize = 40)]
    public Property Printed_tree_parses_back_to_itself() => Prop.ForAll(Arb.From(QueryTrees.Trees()), tree =>
    {
        var text = QueryPrinter.Print(tree);
        var parsed = QueryParser.Parse(text);
        return (parsed.Root is not null && parsed.Root.Equals(tree)).Label($"{text}\n{string.Join('\n', parsed.Messages)}\n{parsed.Root}");
    });

    [Property(MaxTest = 5000, EndSize = 60)]
    public Property Random_text_is_answered_and_what_parses_prints_back() => Prop.ForAll(Arb.From(Rubbish()), text =>
    {
        var parsed = QueryParser.Parse(text);
        foreach (var message in parsed.Messages)
        {
            message.Column.ShouldBeInRange(0, text.Length);
            message.Length.ShouldBePositive();
            (message.Column + message.Length).ShouldBeLessThanOrEqualTo(text.Length + 1);
        }

        parsed.HasErrors.ShouldBe(parsed.Messages.Any(m => m.IsError));
        if (parsed.Root is { } root)
        {
            QueryParser.Parse(QueryPrinter.Print(root)).Root.ShouldBe(root);
            QueryExpander.Expand(root).ShouldNotBeNull();
        }
    });

    [Property(MaxTest = 2000, EndSize = 300)]
    public Property Endless_text_of_few_pieces_is_answered() => Prop.ForAll(Arb.From(FewPieces()), text =>
    {
        var parsed = QueryParser.Parse(text);
        parsed.HasErrors.ShouldBe(parsed.Messages.Any(m => m.IsError));
        parsed.Messages.ShouldAllBe(m => m.Column >= 0 && m.Column <= text.Length && m.Length > 0);
    });

    [Property(MaxTest = 2000)]
    public Property Exact_value_parses_back_as_that_text() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        if (text.Get.Length == 0 || text.Get.Contains('\0') || text.Get.Any(char.IsSurrogate))
        {
            return;
        }

        var node = QueryNodes.Field("name", QueryOperator.Any, QueryValue.Exact(text.Get));
        QueryParser.Parse(QueryPrinter.Print(node)).Root.ShouldBe(node);
        var word = new TextNode(QueryValue.Exact(text.Get));
        QueryParser.Parse(QueryPrinter.Print(word)).Root.ShouldBe(word);
    });

    private static Gen<string> FewPieces() => Gen.Sized(size =>
        from few in Gen.Choose(1, 4).SelectMany(n => Gen.ArrayOf(Gen.Elements(Pieces), n))
        from many in Gen.ArrayOf(Gen.Elements(few), size)
        select string.Concat(many));

    private static Gen<string> Rubbish() => Gen.Sized(size => Gen.Choose(0, size).SelectMany(n => Gen.ArrayOf(
        Gen.Frequency((8, Gen.Elements(Pieces)), (1, ArbMap.Default.GeneratorFor<char>().Select(c => c.ToString()))), n)).Select(string.Concat));
}
