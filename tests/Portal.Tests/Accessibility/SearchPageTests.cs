using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Accessibility;

/// <summary>axe on the search page, menus and filters open.</summary>
public sealed class SearchPageTests(PortalFixture portal)
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Search_EachState_HasNoViolations(string theme)
    {
        var script = new StoreScript { Calls = SampleCalls.Make(13, TimeProvider.System.GetUtcNow()) };
        await using var window = await portal.OpenAsync(theme);
        var page = window.Page;
        await window.SignInAsync(portal, script);
        await window.CountedAsync();
        await window.CheckAsync("search");
        await page.GotoAsync("/search?q=verb:(get,list) -user:alice (status:200 OR ns:prod)");
        await window.CountedAsync();
        await page.Locator(".plot[tabindex]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await window.CheckAsync("filters, histogram in use");
        script.OnFacets = script.OnHistogram = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await page.GotoAsync("/search");
        await page.Locator(".facets[data-state=error]").WaitForAsync();
        await page.Locator(".histogram[data-state=error]").WaitForAsync();
        await window.CheckAsync("no counts");
        script.OnFacets = script.OnHistogram = _ => Task.FromResult<IResult?>(null);
        await page.GotoAsync("/search");
        await window.CountedAsync();
        await page.ClickAsync("#time-range");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await window.CheckAsync("time range");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByLabel("Theme").ClickAsync();
        await page.GetByText("As the system").WaitForAsync();
        await window.CheckAsync("theme menu");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        await page.GetByText("Kubernetes audit events").WaitForAsync();
        await window.CheckAsync("export menu");
        await page.Keyboard.PressAsync("Escape");
        script.Saved.Items.AddRange([SavedSearchScript.Item("mine", "verb:get"), SavedSearchScript.Item("theirs", "", "bob", isShared: true)]);
        await page.ClickAsync("#saved-searches");
        await page.GetByText("shared by bob").WaitForAsync();
        await window.CheckAsync("saved searches");
        window.ShouldNotComplain();
    }
}
