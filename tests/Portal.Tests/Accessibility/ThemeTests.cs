using KubeLens.Portal.Tests.Fixtures;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Accessibility;

/// <summary>The theme is kept.</summary>
public sealed class ThemeTests(PortalFixture portal)
{
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
