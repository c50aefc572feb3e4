using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class QueryEditsTests
{
    [Fact]
    public void WithoutEach_ManyTerms_DropsOneEach()
        => QueryEdits.WithoutEach("verb:get ns:prod").ShouldBe([("verb:get", "ns:prod"), ("ns:prod", "verb:get")]);

    [Theory]
    [InlineData("verb:get")]
    [InlineData("")]
    [InlineData("a OR b")]
    public void WithoutEach_OneTerm_IsEmpty(string query) => QueryEdits.WithoutEach(query).ShouldBeEmpty();

    [Theory]
    [InlineData("", "is:denied", "is:denied")]
    [InlineData("user:alice", "", "user:alice")]
    [InlineData("user:alice", "is:secret class:read", "user:alice is:secret class:read")]
    [InlineData("a OR b", "status:4xx", "(a OR b) status:4xx")]
    [InlineData("user:\"alice", "status:4xx", "user:\"alice")]
    public void With_Term_FindsWhatBothFind(string query, string term, string both) => QueryEdits.With(query, term).ShouldBe(both);

    [Theory]
    [InlineData("", "-is:system", false)]
    [InlineData("ns:prod -is:system", "ns:prod", true)]
    [InlineData("ns:prod -is:watch", "ns:prod -is:(watch,system)", false)]
    [InlineData("is:system", "-is:system", false)]
    [InlineData("a OR b", "(a OR b) -is:system", false)]
    [InlineData("user:\"alice", "user:\"alice", false)]
    public void ToggleSystem_Query_LeavesSystemTrafficOutOrNot(string query, string toggled, bool hidden)
    {
        QueryEdits.ToggleSystem(query).ShouldBe(toggled);
        QueryEdits.HidesSystem(query).ShouldBe(hidden);
    }
}
