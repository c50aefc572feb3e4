using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class KeyboardTests(PortalFixture portal)
{
    [Fact]
    public async Task Journey_KeysOnly_SearchesOpensReadsAndReturns()
    {
        var calls = SampleCalls.Make(26, TimeProvider.System.GetUtcNow());
        await using var window = await portal.SignInAsync(new StoreScript { Calls = calls });
        var page = window.Page;
        await window.StateAsync("ready");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.GetByLabel("Query", new() { Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("user:alice");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(6);

        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(window.Rows.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(window.Rows.Nth(1)).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await window.Drawer.Locator("h2", new() { HasTextString = "deployments prod/web" }).WaitForAsync();
        page.Url.ShouldContain($"sel={calls[1].Id}");
        await page.Keyboard.PressAsync("]");
        await page.ReachesAsync($"**sel={calls[2].Id}**");
        await Assertions.Expect(window.Rows.Nth(2)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("2");
        await page.ReachesAsync("**tab=request");
        await window.Drawer.Locator(".text").WaitForAsync();

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(window.Drawer).ToHaveCountAsync(0);
        await Assertions.Expect(window.Rows.Nth(2)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("o");
        await page.ReachesAsync($"**/calls/{calls[2].Id}");
        await page.Locator("h1", new() { HasTextString = "deployments prod/web" }).WaitForAsync();
        await page.GoBackAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(6);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Help_QuestionMark_OpensAndEscapeCloses()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()) });
        await window.StateAsync("ready");
        await window.Page.Keyboard.PressAsync("Escape");
        await window.Page.Keyboard.PressAsync("?");
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Shortcuts");
        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task SingleKeys_SwitchedOff_DoNothingUntilSwitchedOn()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()) });
        var (page, dialog) = (window.Page, window.Page.GetByRole(AriaRole.Dialog));
        await window.StateAsync("ready");
        await page.GetByLabel("Help").ClickAsync();
        await dialog.GetByLabel("Single keys are shortcuts").UncheckAsync();
        await page.Locator("html[data-shortcuts=off]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        // What is chosen is there in the next page, too.
        await page.ReloadAsync();
        await window.StateAsync("ready");
        await page.Locator("html[data-shortcuts=off]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.EvaluateAsync("document.activeElement.blur()");
        foreach (var key in (string[])["j", "?", "g", "l", "/"])
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        new Uri(page.Url).AbsolutePath.ShouldBe("/search");
        (await page.EvaluateAsync<string>("document.activeElement.tagName")).ShouldBe("BODY");

        await page.GetByLabel("Help").ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Single keys are shortcuts")).Not.ToBeCheckedAsync();
        await dialog.GetByLabel("Single keys are shortcuts").CheckAsync();
        await page.Locator("html[data-shortcuts=on]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(window.Rows.First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task SkipLink_FirstTab_LeadsToTheContent()
    {
        await using var window = await portal.SignInAsync(new StoreScript(), "/connect");
        await window.Page.Locator(".zone").WaitForAsync();
        await window.Page.EvaluateAsync("document.activeElement.blur()");
        await window.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(window.Page.GetByText("Skip to content")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("main")).ToBeFocusedAsync();
        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/connect");
    }
}
