using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search.Completion;

namespace KubeLens.Portal.Tests.Search.Completion;

public sealed class QueryOptionTests
{
    [Theory]
    [InlineData("", "user: verb: resource: ns: name: status: is: latency:")]
    [InlineData("us", "user: ua:")]
    [InlineData("n", "ns: name: node:")]
    [InlineData("NAMESP", "ns:")]
    [InlineData("xyz", "")]
    public void Fields_Typed_BeginSoOrAreCalledSo(string typed, string options)
        => string.Join(' ', QueryOption.Fields(typed).Select(option => option.Text)).ShouldBe(options);

    [Fact]
    public void Choices_FieldWithFewValues_AreThese()
    {
        QueryOption.Choices(QueryFields.Find("class")!, "")!.Select(option => option.Text).ShouldBe(["read", "write", "delete", "interactive"]);
        QueryOption.Choices(QueryFields.Find("has")!, "di")!.Select(option => option.Text).ShouldBe(["diff"]);
        QueryOption.Choices(QueryFields.Find("has")!, "n")!.Select(option => option.Text).ShouldBe(["note"]);
        QueryOption.Choices(QueryFields.Find("user")!, "").ShouldBeNull();
    }

    [Fact]
    public void Counted_Values_ComeWithTheirCountsAndQuotesWhereNeeded()
    {
        var facet = new CallFacet("user", [new("bob", 2_000), new("alice b", 30), new("malice", 20), new("Alice", 10)], 0, 0, new(CountQuality.Exact, default, 0));

        QueryOption.Counted(QueryFields.Find("user")!, facet, "ali").ShouldBe([new("\"alice b\"", "alice b", "30"), new("Alice", "Alice", "10"), new("malice", "malice", "20")]);
    }
}
