using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using KubeLens.Contracts.Query;
using KubeLens.Portal.Search.Completion;

namespace KubeLens.Portal.Tests.Search.Completion;

public sealed class QueryCaretTests
{
    /// <summary>A query with the caret as <c>|</c>; field, what was typed, what would be replaced, and the query around it.</summary>
    [Theory]
    [InlineData("|", "", "", "", "")]
    [InlineData("ve|", "", "ve", "ve", "")]
    [InlineData("ns:prod ve|r user:bob", "", "ve", "ver", "ns:prod user:bob")]
    [InlineData("-ve|", "", "ve", "ve", "")]
    [InlineData("(ns:prod OR us|)", "", "us", "us", "")]
    [InlineData("ve|:get", "", "ve", "ve:", "get")]
    [InlineData("verb:|", "verb", "", "", "")]
    [InlineData("v:ge|", "verb", "ge", "ge", "")]
    [InlineData("ns:prod -verb:g|et alice", "verb", "g", "get", "ns:prod alice")]
    [InlineData("user:system:ser|", "user", "system:ser", "system:ser", "")]
    [InlineData("verb:(get,li|,watch) ns:prod", "verb", "li", "li", "ns:prod")]
    [InlineData("verb:(get, li|", "verb", "li", "li", "")]
    [InlineData("verb:(|", "verb", "", "", "")]
    [InlineData("name:\"a b\" ns:|", "ns", "", "", "name:\"a b\"")]
    public void At_Caret_KnowsTheWord(string marked, string field, string typed, string replaced, string rest)
    {
        var caret = marked.IndexOf('|', StringComparison.Ordinal);
        var text = marked.Remove(caret, 1);

        var at = QueryCaret.At(text, caret);

        at.ShouldNotBeNull();
        (at.Field?.Name ?? "").ShouldBe(field);
        at.Typed.ShouldBe(typed);
        text[at.Start..at.End].ShouldBe(replaced);
        QueryPrinter.Print(at.Rest).ShouldBe(rest);
    }

    [Theory]
    [InlineData("name:\"a |")]
    [InlineData("vreb:ge|")]
    [InlineData("body.spec.replicas:3|")]
    [InlineData("latency:>5|")]
    [InlineData("name:~ab|")]
    [InlineData("a OR|")]
    public void At_WhereNothingCanBeCompleted_IsNull(string marked)
        => QueryCaret.At(marked.Replace("|", "", StringComparison.Ordinal), marked.IndexOf('|', StringComparison.Ordinal)).ShouldBeNull();

    [Property(MaxTest = 3000, EndSize = 40)]
    public Property At_AnyTextAndCaret_StaysWithinIt() => Prop.ForAll(
        Arb.From(Gen.Elements("verb", "ns", ":", "(", ")", ",", "\"", "\\", "-", " ", "get", "OR", "ü", "=", "\n").ListOf().Select(string.Concat)), Arb.From(Gen.Choose(-2, 60)), (text, caret) =>
    {
        if (QueryCaret.At(text, caret) is { } at)
        {
            at.Start.ShouldBeInRange(0, at.End);
            at.End.ShouldBeInRange(Math.Clamp(caret, 0, text.Length), text.Length);
            at.Typed.ShouldBe(text[at.Start..Math.Clamp(caret, 0, text.Length)]);
        }
    });
}
