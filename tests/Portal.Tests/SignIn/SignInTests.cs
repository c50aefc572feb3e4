using System.Net;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;

namespace KubeLens.Portal.Tests.SignIn;

public sealed class SignInTests(PortalFixture portal)
{
    [Fact]
    public async Task Link_FirstUse_SignsInWithAProtectedCookie()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()) });
        await window.StateAsync("ready");
        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/search");
        var cookie = (await window.Page.Context.CookiesAsync()).Single(cookie => cookie.Name == "kubelens");
        cookie.HttpOnly.ShouldBeTrue();
        cookie.SameSite.ToString().ShouldBe("Lax");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Link_SecondUse_SaysToTakeAFreshOne()
    {
        var code = portal.Store.NewLogin(new StoreScript());
        await using var first = await portal.OpenAsync();
        await first.Page.GotoAsync($"/login?code={code}");
        await first.StateAsync("empty-none");
        await using var second = await portal.OpenAsync();
        await second.Page.GotoAsync($"/login?code={code}");
        (await second.Page.Locator("h1").TextContentAsync()).ShouldBe("This link no longer works");
        (await second.Page.ContentAsync()).ShouldContain("console where the AppHost runs");
        (await second.Page.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == "kubelens");
    }

    [Theory]
    [InlineData("/search?q=verb:delete")]
    [InlineData("/calls/0ye3y0000000000058006")]
    [InlineData("/connect")]
    public async Task Page_WithoutSession_LeadsToSignIn(string path)
    {
        await using var window = await portal.OpenAsync();
        await window.Page.GotoAsync(path);
        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/sign-in");
        (await window.Page.Locator("h1").TextContentAsync()).ShouldBe("Sign in");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_TokenNoLongerTaken_LeadsToSignInWithTheReason()
    {
        var script = new StoreScript { Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()) };
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("ready");

        // Counts that are still asked for would be the ones to learn of it.
        await window.Page.Locator(".facets[data-state=ready]").WaitForAsync();
        await window.Page.Locator(".histogram[data-state=ready]").WaitForAsync();
        script.SessionOver = true;
        await window.SearchAsync("verb:get");
        await window.Page.ReachesAsync("**/sign-in?reason=expired");
        (await window.Page.Locator("h1").TextContentAsync()).ShouldBe("Your session is over");
    }

    [Fact]
    public async Task SignOut_Pressed_EndsTheSession()
    {
        await using var window = await portal.SignInAsync(new StoreScript());
        await window.StateAsync("empty-none");
        await window.Page.GetByLabel("Sign out").ClickAsync();
        await window.Page.ReachesAsync("**/sign-in?reason=signed-out");
        await window.Page.GotoAsync("/search");
        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Login_StoreAway_SaysThatTheLinkIsStillGood()
    {
        await using var lonely = await PortalProcess.StartAsync(portal.Home, portal.Settings("http://127.0.0.1:9"));
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(lonely.Address) };
        using var answer = await http.GetAsync("/login?code=abc", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/sign-in?reason=unreachable");
        (await http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken)).ShouldStartWith("Healthy");
        lonely.Output.ShouldContain("correlation");
    }
}
