using KubeLens.Portal.Tests.Fixtures;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Accessibility;

/// <summary>No page is wider than a small phone.</summary>
public sealed class SmallScreenTests(PortalFixture portal)
{
    [Fact]
    public async Task Rail_LongerThanThePhoneIsWide_ShowsWhereOneIs()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Role = "admin" }, "/access-records", new() { ViewportSize = new() { Width = 320, Height = 640 } });
        await Assertions.Expect(window.Page.Locator(".rail .active", new() { HasTextString = "Readers" })).ToBeInViewportAsync(new() { Ratio = 0.9f });
        await window.Page.Keyboard.PressAsync("g");
        await window.Page.Keyboard.PressAsync("o");
        await Assertions.Expect(window.Page.Locator(".rail .active", new() { HasTextString = "Overview" })).ToBeInViewportAsync(new() { Ratio = 0.9f });
    }

    [Fact]
    public async Task Pages_At320Pixels_DoNotScrollSideways()
    {
        var calls = SampleCalls.Make(30, TimeProvider.System.GetUtcNow());
        var script = new StoreScript { Calls = calls, Object = ObjectScript.Deployment() };
        script.Saved.Items.Add(SavedSearchScript.Item(new string('x', 100), $"name:{new string('y', 200)}"));
        await using var window = await portal.SignInAsync(script, options: new() { ViewportSize = new() { Width = 320, Height = 640 } });
        await window.StateAsync("ready");
        foreach (var (path, ready) in new[]
        {
            ("/search", ".batch .row"), ("/search?q=vreb:delete", ".problem"), ("/search?q=ns:nowhere", ".nothing"), ($"/search?sel={calls[2].Id}&tab=request", ".facts"),
            ($"/calls/{calls[2].Id}?tab=headers", ".headers"), ($"/calls/{calls[5].Id}?tab=connection", ".connection"), ($"/calls/{calls[5].Id}?tab=timing", ".timing"), ("/live", ".live[data-state=empty-filtered]"), ("/objects/apps/deployments/prod/shop", ".diff pre"), ("/connect", ".command"), ("/settings", ".saved table"), ("/sign-in", ".card"),
        })
        {
            await window.Page.GotoAsync(path);
            await window.Page.Locator(ready).First.WaitForAsync();
            (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320, path);
        }

        await window.Page.GotoAsync("/search");
        await window.StateAsync("ready");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Filters", Exact = true }).ClickAsync();
        await window.Page.Locator(".facets[data-state=ready]").WaitForAsync();
        (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320, "filters");
    }
}
