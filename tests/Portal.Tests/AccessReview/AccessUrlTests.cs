using KubeLens.Portal.AccessReview;

namespace KubeLens.Portal.Tests.AccessReview;

public sealed class AccessUrlTests
{
    [Theory]
    [InlineData("/access?from=now-30d&to=now")]
    [InlineData("/access?subject=a%26b%3Dc%20d&from=now-7d&to=2026-01-01&scope=cluster&level=resource&cluster=east%2F1&denied=true")]
    [InlineData("/access?subject=x&from=now-30d&to=now&level=namespace&wildcards=true")]
    public void Url_OfItsOwnParameters_IsTheSame(string url)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url[url.IndexOf('?', StringComparison.Ordinal)..]);
        string? One(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

        AccessUrl.Of(One("subject"), One("from"), One("to"), One("scope"), One("level"), One("cluster"), One("denied"), One("wildcards")).ToString().ShouldBe(url);
    }

    [Fact]
    public void Parts_ThatAreUnknown_AreTheDefaults() =>
        AccessUrl.Of(" x ", "", " ", "galaxy", "atoms", null, "yes", "true").ShouldBe(new AccessUrl("x", "now-30d", "now", "namespace", "names"));
}
