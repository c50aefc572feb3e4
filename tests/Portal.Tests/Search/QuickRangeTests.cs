using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class QuickRangeTests
{
    [Theory]
    [InlineData("now-1h", "now", "Last hour")]
    [InlineData("now-2h", "now-1h", "now-2h → now-1h")]
    [InlineData("2026-11-28T09:20:00Z", "2026-11-28T09:30:15Z", "2026-11-28 09:20 → 09:30:15 UTC")]
    [InlineData("2026-11-28T09:20:00Z", "2026-11-29T09:30:00Z", "2026-11-28 09:20 → 2026-11-29 09:30 UTC")]
    [InlineData("2026-11-28T09:20:00+01:00", "now", "2026-11-28T09:20:00+01:00 → now")]
    public void Label_OfARange_IsShort(string from, string to, string label) => QuickRange.LabelOf(from, to).ShouldBe(label);
}
