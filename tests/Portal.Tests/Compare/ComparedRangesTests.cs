using KubeLens.Portal.Compare;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Compare;

public sealed class ComparedRangesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rest_OfAStretchInTheMiddle_IsWhatLiesBeforeAndAfter()
    {
        var ranges = Of("2026-11-29T10:15:00Z", "2026-11-29T10:20:00Z", "2026-11-29T10:00:00Z..2026-11-29T11:00:00Z")!;
        ranges.Rest.Select(part => (part.Query, part.From, part.To)).ShouldBe(
        [
            ("verb:get", "2026-11-29T10:00:00.000000Z", "2026-11-29T10:14:59.999999Z"),
            ("verb:get", "2026-11-29T10:20:00.000001Z", "2026-11-29T11:00:00.000000Z"),
        ]);
        ranges.Whole.To.ShouldBe(Now.AddHours(-1));
    }

    [Theory]
    [InlineData("2026-11-29T10:00:00Z", "2026-11-29T10:20:00Z", "2026-11-29T10:20:00.000001Z")]
    [InlineData("2026-11-29T10:20:00Z", "2026-11-29T11:00:00Z", "2026-11-29T10:00:00.000000Z")]
    public void Rest_OfAStretchAtAnEnd_IsOneRange(string from, string to, string rest)
        => Of(from, to, "2026-11-29T10:00:00Z..2026-11-29T11:00:00Z")!.Rest.ShouldHaveSingleItem().From.ShouldBe(rest);

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-29T10:00:00Z")]
    [InlineData("2026-11-29T10:15:00Z..2026-11-29T10:20:00Z")]
    [InlineData("2026-11-29T10:16:00Z..2026-11-29T11:00:00Z")]
    [InlineData("2026-11-29T10:00:00Z..2026-11-29T10:19:00Z")]
    [InlineData("some..time")]
    public void Range_NotAStretchOfIt_HasNoRest(string within) => Of("2026-11-29T10:15:00Z", "2026-11-29T10:20:00Z", within).ShouldBeNull();

    private static ComparedRanges? Of(string from, string to, string within) => ComparedRanges.Of(SearchUrl.Of("verb:get", from, to, null, null) with { Within = within }, Now);
}
