using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>axe on each page and state in both themes, menus and drawers open; and no page wider than a small phone.</summary>
public sealed class AccessibilityTests(PortalFixture portal)
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Pages_EachState_HaveNoViolations(string theme)
    {
        var calls = SampleCalls.Make(13, TimeProvider.System.GetUtcNow());
        var script = new StoreScript { Calls = calls };
        await using var window = await portal.OpenAsync(new() { ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        var page = window.Page;
        await page.GotoAsync("/sign-in?reason=used");
        await CheckAsync("sign-in");
        await page.GotoAsync("/nowhere");
        await CheckAsync("not found");
        await page.GotoAsync($"/login?code={portal.Store.NewLogin(script)}");
        await window.StateAsync("ready");
        await CheckAsync("search");
        await page.ClickAsync("#time-range");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await CheckAsync("time range");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByLabel("Theme").ClickAsync();
        await page.GetByText("As the system").WaitForAsync();
        await CheckAsync("theme menu");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        await page.GetByText("Kubernetes audit events").WaitForAsync();
        await CheckAsync("export menu");
        await page.GotoAsync("/live");
        script.Live.Call(calls[1]);
        script.Live.Dropped(3);
        await page.Locator(".live[data-state=ready] .dropped.some").WaitForAsync();
        await CheckAsync("live");
        await page.GotoAsync("/search?q=vreb:delete");
        await page.Locator(".problem").WaitForAsync();
        await CheckAsync("bad query");
        await page.GotoAsync("/search?q=verb:delete%20ns:nowhere");
        await window.StateAsync("empty-filtered");
        await CheckAsync("empty");
        foreach (var tab in new[] { "overview", "request", "response", "headers", "connection", "timing" })
        {
            await page.GotoAsync($"/search?q=&sel={calls[2].Id}&tab={tab}");
            await window.Drawer.Locator(".facts").WaitForAsync();
            await CheckAsync($"drawer {tab}");
        }

        await page.GotoAsync($"/calls/{calls[5].Id}?tab=response");
        await page.Locator(".facts").WaitForAsync();
        await CheckAsync("call");
        foreach (var tab in new[] { "overview", "headers", "connection", "timing" })
        {
            await page.GotoAsync($"/calls/{calls[5].Id}?tab={tab}");
            await page.Locator($".{tab}").First.WaitForAsync();
            await CheckAsync($"call {tab}");
        }

        await page.GotoAsync("/connect");
        await page.Locator(".done").WaitForAsync();
        await CheckAsync("connect");
        await page.ClickAsync("[data-key='?']");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await CheckAsync("help");
        script.OnSearch = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await page.GotoAsync("/search");
        await window.StateAsync("error");
        await CheckAsync("error");
        window.Complaints.Where(complaint => !complaint.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty();

        async Task CheckAsync(string what) => (await page.ViolationsAsync()).ShouldBeEmpty(what);
    }

    [Fact]
    public async Task Pages_At320Pixels_DoNotScrollSideways()
    {
        var calls = SampleCalls.Make(30, TimeProvider.System.GetUtcNow());
        await using var window = await portal.SignInAsync(new StoreScript { Calls = calls }, options: new() { ViewportSize = new() { Width = 320, Height = 640 } });
        await window.StateAsync("ready");
        foreach (var (path, ready) in new[]
        {
            ("/search", ".batch .row"), ("/search?q=vreb:delete", ".problem"), ("/search?q=ns:nowhere", ".nothing"), ($"/search?sel={calls[2].Id}&tab=request", ".facts"),
            ($"/calls/{calls[2].Id}?tab=headers", ".headers"), ($"/calls/{calls[5].Id}?tab=connection", ".connection"), ($"/calls/{calls[5].Id}?tab=timing", ".timing"), ("/live", ".live[data-state=empty-filtered]"), ("/connect", ".command"), ("/sign-in", ".card"),
        })
        {
            await window.Page.GotoAsync(path);
            await window.Page.Locator(ready).First.WaitForAsync();
            (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320, path);
        }
    }

    [Fact]
    public async Task Theme_Chosen_IsThereFromTheFirstByteOfTheNextLoad()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()) }, options: new() { ColorScheme = ColorScheme.Light });
        await window.StateAsync("ready");
        await window.Page.GetByLabel("Theme").ClickAsync();
        await window.Page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        var answer = await window.Page.GotoAsync("/search");
        (await answer!.TextAsync()).ShouldContain("data-theme=\"dark\"");
        (await window.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(14, 19, 25)");
        await window.Page.GotoAsync("/search?theme=light");
        (await window.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(246, 247, 249)");
    }
}
