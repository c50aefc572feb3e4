using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Accessibility;

/// <summary>axe on runs of commands, in both themes; and none of these pages wider than a small phone.</summary>
public sealed class CommandPagesTests(PortalFixture portal)
{
    private const string Run = $"/commands/{CommandScript.Apply}";

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Pages_EachState_HaveNoViolations(string theme)
    {
        var script = new StoreScript { Calls = CommandScript.Calls(TimeProvider.System.GetUtcNow()) };
        await using var window = await portal.OpenAsync(theme);
        await window.SignInAsync(portal, script);
        var page = window.Page;
        await SeeAsync("/commands", ".commands[data-state=ready]", "commands");
        await SeeAsync(Run, ".command[data-state=ready]", "a run");
        await SeeAsync("/commands?q=user:nobody", ".commands[data-state=empty-filtered]", "no such command");
        await SeeAsync("/commands?q=vreb:get", ".commands[data-state=error]", "a wrong query");
        await SeeAsync("/commands/0190c2d4-5b6e-7f80-9a1b-000000000000", ".command[data-state=empty-filtered]", "no such run");
        script.OnCommands = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await SeeAsync("/commands", ".commands[data-state=error]", "commands, error");
        await SeeAsync(Run, ".command[data-state=ready] [role=alert]", "a run without its head");
        script.OnSearch = script.OnCommands;
        await SeeAsync(Run, ".command[data-state=error]", "a run, error");
        script.OnSearch = script.OnCommands = _ => new TaskCompletionSource<IResult?>().Task;
        await SeeAsync("/commands?from=now-6h", ".commands[data-state=loading]", "commands, loading");
        await SeeAsync(Run, ".command[data-state=loading]", "a run, loading");
        script.OnSearch = script.OnCommands = _ => Task.FromResult<IResult?>(null);
        lock (script.Calls)
        {
            script.Calls.Clear();
        }

        await SeeAsync("/commands", ".commands[data-state=empty-none]", "nothing recorded");
        window.ShouldNotComplain();

        async Task SeeAsync(string path, string ready, string state)
        {
            await page.GotoAsync(path);
            await page.Locator("html[data-shortcuts]").WaitForAsync();
            await page.Locator(ready).WaitForAsync();
            await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(" · KubeLens$"));
            await window.CheckAsync(state);
        }
    }

    [Fact]
    public async Task Pages_At320Pixels_DoNotScrollSideways()
    {
        var script = new StoreScript { Calls = CommandScript.Calls(TimeProvider.System.GetUtcNow()) };
        await using var window = await portal.SignInAsync(script, options: new() { ViewportSize = new() { Width = 320, Height = 640 } });
        foreach (var (path, ready) in new[] { ("/commands", ".commands[data-state=ready]"), ("/commands?q=user:nobody", ".commands[data-state=empty-filtered]"), (Run, ".command[data-state=ready]"), ($"/commands/{new string('x', 200)}", ".command[data-state=error], .command[data-state=empty-filtered]") })
        {
            await window.Page.GotoAsync(path);
            await window.Page.Locator(ready).WaitForAsync();
            (await window.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('main > *').scrollWidth)")).ShouldBeLessThanOrEqualTo(320, path);
        }
    }
}
