using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class QueryEditsTests
{
    [Theory]
    [InlineData("", "user", "alice", false, "user:alice")]
    [InlineData("verb:get", "user", "system:node:a", true, "verb:get -user:system:node:a")]
    [InlineData("verb:get OR verb:list", "ns", "prod", false, "(verb:get OR verb:list) ns:prod")]
    [InlineData("user:alice", "user", "alice", false, "user:alice")]
    [InlineData("", "name", "a*b", false, "name:=a*b")]
    [InlineData("user:\"open", "ns", "prod", false, "user:\"open")]
    public void With_Value_NarrowsTheQuery(string query, string field, string value, bool exclude, string expected)
        => QueryEdits.With(query, field, value, exclude).ShouldBe(expected);

    [Fact]
    public void WithoutEach_ManyTerms_DropsOneEach()
        => QueryEdits.WithoutEach("verb:get ns:prod").ShouldBe([("verb:get", "ns:prod"), ("ns:prod", "verb:get")]);

    [Theory]
    [InlineData("verb:get")]
    [InlineData("")]
    [InlineData("a OR b")]
    public void WithoutEach_OneTerm_IsEmpty(string query) => QueryEdits.WithoutEach(query).ShouldBeEmpty();
}
