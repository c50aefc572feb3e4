using KubeLens.Portal.Tests.Fixtures;

namespace KubeLens.Portal.Tests.Accessibility;

/// <summary>axe on each tab of a call, in the drawer and on its page.</summary>
public sealed class CallPageTests(PortalFixture portal)
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Call_EachTab_HasNoViolations(string theme)
    {
        var calls = SampleCalls.Make(13, TimeProvider.System.GetUtcNow());
        await using var window = await portal.OpenAsync(theme);
        await window.SignInAsync(portal, new StoreScript { Calls = calls });
        foreach (var tab in new[] { "overview", "request", "response", "headers", "connection", "timing" })
        {
            await window.Page.GotoAsync($"/search?q=&sel={calls[2].Id}&tab={tab}");
            await window.Drawer.Locator(".facts").WaitForAsync();
            await window.CheckAsync($"drawer {tab}");
        }

        await window.Page.GotoAsync($"/calls/{calls[5].Id}?tab=response");
        await window.Page.Locator(".facts").WaitForAsync();
        await window.CheckAsync("call");
        foreach (var tab in new[] { "overview", "headers", "connection", "timing" })
        {
            await window.Page.GotoAsync($"/calls/{calls[5].Id}?tab={tab}");
            await window.Page.Locator($".{tab}").First.WaitForAsync();
            await window.CheckAsync($"call {tab}");
        }

        window.ShouldNotComplain();
    }
}
