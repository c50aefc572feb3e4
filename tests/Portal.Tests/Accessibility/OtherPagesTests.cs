using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Accessibility;

/// <summary>axe on the pages beside search and call, and on what search says when it shows no calls.</summary>
public sealed class OtherPagesTests(PortalFixture portal)
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Pages_EachState_HaveNoViolations(string theme)
    {
        var calls = SampleCalls.Make(13, TimeProvider.System.GetUtcNow());
        var script = new StoreScript { Calls = calls };
        await using var window = await portal.OpenAsync(theme);
        var page = window.Page;
        await page.GotoAsync("/sign-in?reason=used");
        await window.CheckAsync("sign-in");
        await page.GotoAsync("/nowhere");
        await window.CheckAsync("not found");
        await window.SignInAsync(portal, script);
        await page.GotoAsync("/live");
        script.Live.Call(calls[1]);
        script.Live.Dropped(3);
        await page.Locator(".live[data-state=ready] .dropped.some").WaitForAsync();
        await window.CheckAsync("live");
        await page.GotoAsync("/connect");
        await page.Locator(".done").WaitForAsync();
        await window.CheckAsync("connect");
        await page.ClickAsync("[data-key='?']");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await window.CheckAsync("help");
        await page.GotoAsync("/search?q=vreb:delete");
        await page.Locator(".problem").WaitForAsync();
        await window.CheckAsync("bad query");
        await page.GotoAsync("/search?q=verb:delete%20ns:nowhere");
        await window.StateAsync("empty-filtered");
        await window.CheckAsync("empty");
        script.OnSearch = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await page.GotoAsync("/search");
        await window.StateAsync("error");
        await window.CheckAsync("error");
        window.ShouldNotComplain();
    }
}
