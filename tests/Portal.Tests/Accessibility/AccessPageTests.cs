using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Accessibility;

/// <summary>axe on the access review, in both themes; and it is no wider than a small phone.</summary>
public sealed class AccessPageTests(PortalFixture portal)
{
    private const string Role = "kind: Role\nmetadata: {namespace: shop}\nrules:\n- {apiGroups: [\"\"], resources: [pods, secrets], verbs: [get, list]}\n- {apiGroups: [apps], resources: [\"*\"], verbs: [patch]}\n";

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Page_EachState_HasNoViolations(string theme)
    {
        var script = new StoreScript { Calls = SampleCalls.Make(30, TimeProvider.System.GetUtcNow()) };
        await using var window = await portal.OpenAsync(theme);
        await window.SignInAsync(portal, script);
        var page = window.Page;
        await SeeAsync("/access", "empty-filtered", "nobody chosen");
        await SeeAsync($"/access?subject={AccessScript.Robot}&level=namespace", "ready", "a review");
        await page.FillAsync("#pasted", "kind: [");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await page.Locator(".diff [role=alert]").WaitForAsync();
        await window.CheckAsync("no role");
        await page.FillAsync("#pasted", Role);
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await page.Locator(".found .missing").WaitForAsync();
        await window.CheckAsync("compared");
        await SeeAsync("/access?subject=nobody", "empty-filtered", "nothing used");
        await SeeAsync("/access?from=tomorrowish&subject=x", "error", "a wrong range", before: () => script.OnAccess = _ => Task.FromResult<IResult?>(Results.Json(new { title = "No.", status = 400, messages = new[] { new { code = "Q153", parameter = "from", column = 0, length = 1, text = "This is no time.", fix = "" } } }, statusCode: 400)));
        await SeeAsync("/access?subject=x", "error", "error", before: () => script.OnAccess = _ => Task.FromResult<IResult?>(Results.StatusCode(503)));
        await SeeAsync("/access?subject=y", "loading", "loading", before: () => script.OnAccess = _ => new TaskCompletionSource<IResult?>().Task);
        lock (script.Calls)
        {
            script.Calls.Clear();
        }

        await SeeAsync("/access", "empty-none", "nothing recorded");
        window.ShouldNotComplain();

        async Task SeeAsync(string path, string state, string name, Action? before = null)
        {
            before?.Invoke();
            await page.GotoAsync(path);
            await page.Locator("html[data-shortcuts]").WaitForAsync();
            await page.Locator($".access[data-state={state}]").WaitForAsync();
            await window.CheckAsync(name);
        }
    }

    [Fact]
    public async Task Page_At320Pixels_DoesNotScrollSideways()
    {
        var script = new StoreScript { Calls = SampleCalls.Make(30, TimeProvider.System.GetUtcNow()) };
        await using var window = await portal.SignInAsync(script, options: new() { ViewportSize = new() { Width = 320, Height = 640 } });
        foreach (var (path, state) in new[] { ("/access", "empty-filtered"), ($"/access?subject={AccessScript.Robot}&level=namespace", "ready"), ($"/access?subject={new string('x', 300)}", "empty-filtered") })
        {
            await window.Page.GotoAsync(path);
            await window.Page.Locator($".access[data-state={state}]").WaitForAsync();
            (await window.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('main > *').scrollWidth)")).ShouldBeLessThanOrEqualTo(320, path);
        }
    }
}
