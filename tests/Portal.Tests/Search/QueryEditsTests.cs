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
}
