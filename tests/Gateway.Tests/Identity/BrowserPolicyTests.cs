using KubeLens.Gateway.Identity;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Identity;

public sealed class BrowserPolicyTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("https://127.0.0.1:6444", null)]
    [InlineData("http://127.0.0.1:6444", "same-origin")]
    [InlineData(null, "none")]
    public void Refusal_OwnOriginOrNone_IsNull(string? origin, string? site) => Refusal(origin, site, "127.0.0.1:6444").ShouldBeNull();

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("null", null)]
    [InlineData("http://127.0.0.1:3000", null)]
    [InlineData("http://localhost:6444", null)]
    [InlineData("garbage", null)]
    [InlineData(null, "cross-site")]
    [InlineData(null, "same-site")]
    [InlineData("https://127.0.0.1:6444", "cross-site")]
    public void Refusal_ForeignPage_IsASentence(string? origin, string? site) => Refusal(origin, site, "127.0.0.1:6444")!.ShouldContain("are refused");

    [Fact]
    public void Refusal_DefaultPort_IsTheSameOrigin() => Refusal("https://localhost", null, "localhost:443").ShouldBeNull();

    private static string? Refusal(string? origin, string? site, string host)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        headers.Host = host;
        if (origin is not null)
        {
            headers.Origin = origin;
        }

        if (site is not null)
        {
            headers["Sec-Fetch-Site"] = site;
        }

        return BrowserPolicy.Refusal(headers);
    }
}
