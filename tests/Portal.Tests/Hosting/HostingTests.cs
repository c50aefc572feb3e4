using System.Net;
using System.Net.Http.Headers;
using KubeLens.Portal.Tests.Fixtures;

namespace KubeLens.Portal.Tests.Hosting;

public sealed class HostingTests(PortalFixture portal) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(portal.Address) };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task EveryAnswer_Any_CarriesTheSecurityHeaders()
    {
        foreach (var path in new[] { "/sign-in", "/app.css", "/nowhere", "/health/live" })
        {
            using var answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
            var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            policy.ShouldContain("script-src 'self';");
            policy.ShouldContain("frame-ancestors 'none'");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
        }
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("kubelens.127.0.0.1.nip.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    public async Task Host_Named_IsServedOnlyAsLoopback(string host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Host = host;
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Hub_ForeignOrigin_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", "http://evil.example");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Hub_WithoutSession_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("/kit.css")]
    [InlineData("/tokens.css")]
    [InlineData("/KubeLens.Portal.styles.css")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/Components/Controls/ResultGrid.razor.js")]
    public async Task Asset_StartedElsewhereInProduction_IsServed(string path)
        => (await _http.GetByteArrayAsync(path, TestContext.Current.CancellationToken)).Length.ShouldBeGreaterThan(100);

    [Fact]
    public async Task Start_WrongSettings_NamesEachKey()
    {
        var settings = portal.Settings("not an address");
        settings["Portal:Port"] = "70000";
        settings["Portal:KeysFolder"] = " ";
        var (exitCode, output) = await PortalProcess.RunAsync(portal.Home, settings);
        exitCode.ShouldNotBe(0);
        output.ShouldContain("Portal:Port is 70000");
        output.ShouldContain("Portal:KeysFolder is empty");
    }

    [Fact]
    public async Task Start_WrongStoreAddress_NamesTheKey()
    {
        var (exitCode, output) = await PortalProcess.RunAsync(portal.Home, portal.Settings("not an address"));
        exitCode.ShouldNotBe(0);
        output.ShouldContain("Store:Address is \"not an address\"");
    }

    [Fact]
    public void KeysFolder_Made_IsItsOwnersAlone()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(portal.Home, "portal-keys")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }

        Assert.Skip("Unix file modes are absent on Windows");
    }
}
