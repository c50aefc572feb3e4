using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Accessibility;

/// <summary>axe on the history of an object.</summary>
public sealed class ObjectPageTests(PortalFixture portal)
{
    private const string Address = "/objects/apps/deployments/prod/shop";

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Object_EachState_HasNoViolations(string theme)
    {
        var script = new StoreScript { Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()), Object = ObjectScript.Deployment() };
        await using var window = await portal.OpenAsync(theme);
        var page = window.Page;
        await window.SignInAsync(portal, script);
        await page.GotoAsync($"{Address}?b={script.Object.Versions[2].CallId}");
        await page.Locator(".diff .come").WaitForAsync();
        await window.CheckAsync("a version");
        await page.GetByText("Split").ClickAsync();
        await page.Locator(".diff .pair").First.WaitForAsync();
        await window.CheckAsync("split");
        script.Object.OnHistory = _ => Results.StatusCode(503);
        await page.GotoAsync(Address);
        await page.Locator(".object[data-state=error]").WaitForAsync();
        await window.CheckAsync("error");
        script.Object.OnHistory = _ => null;
        script.Object.Versions.Clear();
        await page.GotoAsync(Address);
        await page.Locator(".object[data-state=empty-filtered]").WaitForAsync();
        await window.CheckAsync("empty");
        window.ShouldNotComplain();
    }
}
