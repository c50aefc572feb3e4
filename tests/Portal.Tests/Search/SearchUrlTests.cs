using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class SearchUrlTests
{
    [Theory]
    [InlineData("", "now-1h", "now", "", "")]
    [InlineData("verb:delete OR user:\"a b\" &=#?/%", "2026-09-08T10:15:00+02:00", "now", "0ye3y", "headers")]
    [InlineData("ü 💥 \t", "now-7d", "yesterday", "x", "")]
    public void Url_Printed_ReadsBackTheSame(string query, string from, string to, string selected, string tab)
    {
        var url = SearchUrl.Of(query, from, to, selected, tab);
        var parts = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url.ToString().Split('?', 2)[1]);
        SearchUrl.Of(parts["q"], parts["from"], parts["to"], parts.GetValueOrDefault("sel"), parts.GetValueOrDefault("tab")).ShouldBe(url);
    }
}
