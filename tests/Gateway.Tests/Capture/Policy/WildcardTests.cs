using KubeLens.Gateway.Capture.Policy;

namespace KubeLens.Gateway.Tests.Capture.Policy;

public sealed class WildcardTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("**", "a", true)]
    [InlineData("pods", "pods", true)]
    [InlineData("pods", "podsx", false)]
    [InlineData("pods", "pod", false)]
    [InlineData("pods", "Pods", false)]
    [InlineData("system:node:*", "system:node:worker-1", true)]
    [InlineData("system:node:*", "system:nodes", false)]
    [InlineData("*.example.com", "apps.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("a*ab", "aab", true)]
    [InlineData("a*ab", "ab", false)]
    [InlineData("*a", "aaab", false)]
    [InlineData("a?c", "abc", false)]
    public void Matches_Pattern_IsExactButForStars(string pattern, string text, bool matches) => Wildcard.Matches(pattern, text).ShouldBe(matches);

    [Fact]
    public void Matches_ManyStarsAndALongText_EndsSoon() =>
        Wildcard.Matches(string.Concat(Enumerable.Repeat("*a", 50)) + "b", new string('a', 20_000)).ShouldBeFalse();
}
