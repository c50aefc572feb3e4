using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Accessibility;

/// <summary>axe on the pages of counts, in both themes; and none of them wider than a small phone.</summary>
public sealed class CountsPagesTests(PortalFixture portal)
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Pages_EachState_HaveNoViolations(string theme)
    {
        var script = new StoreScript { Calls = SampleCalls.Make(13, TimeProvider.System.GetUtcNow()) };
        await using var window = await portal.OpenAsync(theme);
        await window.SignInAsync(portal, script);
        var page = window.Page;
        await page.GotoAsync("/overview");
        await Assertions.Expect(page.Locator(".tile[data-state=ready]")).ToHaveCountAsync(14);
        await window.CheckAsync("overview");
        await page.GotoAsync("/users?sort=-denied");
        await Assertions.Expect(page.Locator("tbody .none", new() { HasTextString = "…" })).ToHaveCountAsync(0);
        await page.Locator(".users[data-state=ready]").WaitForAsync();
        await window.CheckAsync("users");
        await page.GotoAsync("/users?kind=node");
        await page.Locator(".users[data-state=empty-filtered]").WaitForAsync();
        await window.CheckAsync("users, none of the kind");
        await page.GotoAsync("/users/bob");
        await Assertions.Expect(page.Locator(".tile[data-state=ready]")).ToHaveCountAsync(8);
        await page.Locator(".hours[data-state=ready]").WaitForAsync();
        await window.CheckAsync("user");
        await page.GotoAsync("/users/nobody");
        await page.Locator(".never").WaitForAsync();
        await window.CheckAsync("user, never seen");
        script.OnFacets = script.OnHistogram = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await page.GotoAsync("/users");
        await page.Locator(".users[data-state=error]").WaitForAsync();
        await window.CheckAsync("users, not counted");
        await page.GotoAsync("/users/bob");
        await page.Locator(".hours[data-state=error]").WaitForAsync();
        await window.CheckAsync("user, not counted");
        await page.GotoAsync("/overview");
        await Assertions.Expect(page.Locator(".tile[data-state=error]")).ToHaveCountAsync(14);
        await window.CheckAsync("overview, nothing counted");
        script.OnFacets = script.OnHistogram = _ => new TaskCompletionSource<IResult?>().Task;
        await page.GotoAsync("/overview?from=now-6h");
        // The page loads before it is alive too, and has no title for the moment in which it comes alive.
        await page.Locator("html[data-shortcuts]").WaitForAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Overview · KubeLens");
        await Assertions.Expect(page.Locator(".tile[data-state=loading]")).ToHaveCountAsync(14);
        await window.CheckAsync("overview, loading");
        script.OnFacets = script.OnHistogram = _ => Task.FromResult<IResult?>(null);
        await page.GotoAsync("/overview?from=now&to=now-1h");
        await page.Locator(".problem").WaitForAsync();
        await window.CheckAsync("overview, no range");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_At320Pixels_DoNotScrollSideways()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = SampleCalls.Make(13, TimeProvider.System.GetUtcNow()) }, options: new() { ViewportSize = new() { Width = 320, Height = 640 } });
        foreach (var (path, ready) in new[] { ("/overview", ".overview[data-state=ready]"), ("/overview?from=now&to=now-1h", ".problem"), ("/users", ".users[data-state=ready]"), ("/users/system:serviceaccount:kube-system:replicaset-controller", ".hours[data-state=ready]") })
        {
            await window.Page.GotoAsync(path);
            await window.Page.Locator(ready).WaitForAsync();
            (await window.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('main > *').scrollWidth)")).ShouldBeLessThanOrEqualTo(320, path);
        }
    }
}
