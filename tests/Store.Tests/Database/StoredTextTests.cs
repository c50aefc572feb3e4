using System.Text;
using KubeLens.Store.Database;

namespace KubeLens.Store.Tests.Database;

public sealed class StoredTextTests
{
    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly ten", 11, "exactly ten")]
    [InlineData("a\0b", 10, "a\uFFFDb")]
    [InlineData("ééééé", 5, "éé")]
    [InlineData("a😀b", 4, "a")]
    [InlineData("a😀b", 5, "a😀")]
    [InlineData("", 0, "")]
    public void Fit_Text_IsCutAtAWholeCharacter(string text, int maxBytes, string expected)
    {
        var fitted = StoredText.Fit(text, maxBytes);

        fitted.ShouldBe(expected);
        Encoding.UTF8.GetByteCount(fitted).ShouldBeLessThanOrEqualTo(maxBytes);
    }

    [Fact]
    public void Fit_TextThatFits_IsTheSameInstance()
    {
        var text = new string('x', 100);

        StoredText.Fit(text, 100).ShouldBeSameAs(text);
    }

    [Fact]
    public void DimKey_OfOtherParts_HasAnotherDigest()
    {
        DimKey[] keys =
        [
            new(DimKind.User, "ab"), new(DimKind.User, "a", "b"), new(DimKind.User, "a", "b", ""), new(DimKind.User, "", "ab"), new(DimKind.User, "a", "bc"), new(DimKind.User, "ab", "c"),
        ];

        keys.Select(k => k.Digest()).Distinct().Count().ShouldBe(keys.Length);
        new DimKey(DimKind.User, "a", "b").Digest().ShouldBe(keys[1].Digest());
        new DimKey(DimKind.User, "a", "b").ShouldBe(keys[1]);
    }

    [Fact]
    public void GenerationCache_Full_KeepsWhatIsUsedAndStaysBounded()
    {
        var cache = new GenerationCache<int, int>(100);
        for (var i = 0; i < 10_000; i++)
        {
            cache.Set(i, i);
            cache.TryGet(0, out var value).ShouldBeTrue($"after {i}");
            value.ShouldBe(0);
        }

        Enumerable.Range(0, 10_000).Count(i => cache.TryGet(i, out _)).ShouldBeLessThanOrEqualTo(102);
    }
}
