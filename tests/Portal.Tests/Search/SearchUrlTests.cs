using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class SearchUrlTests
{
    [Theory]
    [InlineData("", "now-1h", "now", "", "")]
    [InlineData("verb:get", "now-1h", "now", "", "", "user,ip,latency")]
    [InlineData("verb:delete OR user:\"a b\" &=#?/%", "2026-09-08T10:15:00+02:00", "now", "0ye3y", "headers")]
    [InlineData("ü 💥 \t", "now-7d", "yesterday", "x", "")]
    public void Url_Printed_ReadsBackTheSame(string query, string from, string to, string selected, string tab, string columns = "")
    {
        var url = SearchUrl.Of(query, from, to, selected, tab, columns);
        var parts = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url.ToString().Split('?', 2)[1]);
        SearchUrl.Of(parts["q"], parts["from"], parts["to"], parts.GetValueOrDefault("sel"), parts.GetValueOrDefault("tab"), parts.GetValueOrDefault("cols")).ShouldBe(url);
    }

    [Theory]
    [InlineData("ip,latency", "ip,latency")]
    [InlineData("ip,time,<b>,ip,,uid,user", "ip,user")]
    [InlineData("nothing,known", "")]
    [InlineData("verb,status,resource,ns,name,user,latency", "")]
    public void Columns_AsGiven_AreThoseThatAreKnown(string given, string kept) => SearchUrl.Of("", null, null, null, null, given).Columns.ShouldBe(kept);

    [Theory]
    [InlineData("now-1h", "now", false, "2026-11-29T08:30:00Z", "2026-11-29T09:30:00Z")]
    [InlineData("now-1h", "now", true, "2026-11-29T09:00:00Z", "2026-11-29T10:00:00Z")]
    [InlineData("2026-11-29T06:00:00Z", "2026-11-29T08:00:00Z", true, "2026-11-29T07:00:00Z", "2026-11-29T09:00:00Z")]
    [InlineData("2026-11-29T06:00:00Z", "2026-11-29T09:30:00Z", true, "2026-11-29T06:30:00Z", "2026-11-29T10:00:00Z")]
    public void Range_Shifted_MovesByHalfAndNotBeyondNow(string from, string to, bool later, string newFrom, string newTo)
    {
        var moved = SearchUrl.Of("", from, to, null, null).Shifted(new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero), later)!;
        (moved.From, moved.To).ShouldBe((newFrom, newTo));
    }

    [Fact]
    public void Range_WithAnError_MovesNowhere()
    {
        var now = TimeProvider.System.GetUtcNow();
        SearchUrl.Of("", "sometimes", "now", null, null).Fixed(now).ShouldBeNull();
        SearchUrl.Of("", "now", "now-1h", null, null).Shifted(now, later: true).ShouldBeNull();
    }
}
