using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class CommandsTests(PortalFixture portal)
{
    private static StoreScript Script => new() { Calls = CommandScript.Calls(TimeProvider.System.GetUtcNow()) };

    [Fact]
    public async Task List_TellsWhoRanWhatToWhichEffect_AndLeadsToTheCallsInOrder()
    {
        await using var window = await portal.SignInAsync(Script, "/commands");
        await StateAsync(window, "commands", "ready");
        var rows = window.Page.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("kubectl exec");
        await Assertions.Expect(rows.Nth(0).Locator(".chip")).ToHaveTextAsync([new System.Text.RegularExpressions.Regex("1 running"), new System.Text.RegularExpressions.Regex("1 session")]);
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("mallory");
        await Assertions.Expect(rows.Nth(1).Locator(".chip")).ToContainTextAsync("1 refused");
        await Assertions.Expect(rows.Nth(2).Locator(".chip")).ToContainTextAsync("2 changes");
        await Assertions.Expect(rows.Nth(2).Locator(".number")).ToHaveTextAsync(["5", "840 ms"]);
        await Assertions.Expect(rows.Nth(2).Locator(".about")).ToHaveTextAsync("services prod/web and 1 more");

        await rows.Nth(2).GetByRole(AriaRole.Link).ClickAsync();

        await StateAsync(window, "command", "ready");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("kubectl apply");
        await Assertions.Expect(window.Page.Locator(".calls .what > a:not(.more)")).ToHaveTextAsync(["/healthz", "services prod/web", "services prod/web", "deployments.apps prod/web", "deployments.apps prod/web"]);
        await Assertions.Expect(window.Page.Locator(".calls .status-warn")).ToHaveCountAsync(1);
        await Assertions.Expect(window.Page.Locator(".facts")).ToContainTextAsync("alice");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "What it changed" })).ToHaveCountAsync(2);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "What it changed in services" }).ClickAsync();
        await window.Page.ReachesAsync("**?tab=diff");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Query_FiltersAndIsInTheUrl_AndMoreAreLoaded()
    {
        var script = Script;
        script.CommandsOnAPage = 2;
        await using var window = await portal.SignInAsync(script, "/commands");
        await StateAsync(window, "commands", "ready");
        var rows = window.Page.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Load more" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Load more" })).ToHaveCountAsync(0);
        await window.SearchAsync("user:mallory");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await window.Page.ReachesAsync("**/commands?q=user%3Amallory&from=now-1h&to=now");
        await window.Page.GoBackAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(window.Query).ToHaveValueAsync("");
        await window.SearchAsync("vreb:get");
        await StateAsync(window, "commands", "error");
        await Assertions.Expect(window.Page.Locator(".messages")).ToContainTextAsync("verb");
    }

    [Fact]
    public async Task Pages_WithoutAnything_SaySo()
    {
        var script = Script;
        await using var window = await portal.SignInAsync(script, "/commands?q=user:nobody");
        await StateAsync(window, "commands", "empty-filtered");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Drop the whole query" }).ClickAsync();
        await StateAsync(window, "commands", "ready");
        script.OnCommands = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await window.Page.GotoAsync("/commands");
        await StateAsync(window, "commands", "error");
        await window.Page.GotoAsync($"/commands/{CommandScript.Apply}");
        await StateAsync(window, "command", "ready");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("together could not be read");
        script.OnCommands = _ => Task.FromResult<IResult?>(null);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Retry what the calls are together" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".facts")).ToContainTextAsync("alice");
        script.OnSearch = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await window.Page.GotoAsync($"/commands/{CommandScript.Apply}");
        await StateAsync(window, "command", "error");
        script.OnSearch = _ => Task.FromResult<IResult?>(null);
        await window.Page.GotoAsync("/commands/0190c2d4-5b6e-7f80-9a1b-000000000000");
        await StateAsync(window, "command", "empty-filtered");
        lock (script.Calls)
        {
            script.Calls.Clear();
        }

        await window.Page.GotoAsync("/commands");
        await StateAsync(window, "commands", "empty-none");
    }

    [Fact]
    public async Task Header_ThatIsMarkup_IsText()
    {
        var script = Script;
        script.Calls[1] = script.Calls[1] with { Program = script.Calls[1].Program with { Command = "<script>alert(1)</script>\u202e" }, User = "<img src=x onerror=alert(1)>" };
        await using var window = await portal.SignInAsync(script, "/commands");
        await StateAsync(window, "commands", "ready");
        await Assertions.Expect(window.Page.Locator("tbody tr").Nth(1)).ToContainTextAsync("<script>alert(1)</script>");
        await window.Page.Locator("tbody tr").Nth(1).GetByRole(AriaRole.Link).ClickAsync();
        await StateAsync(window, "command", "ready");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("<script>alert(1)</script>");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_OfACommand_LeadsToAllItsCalls()
    {
        var script = Script;
        await using var window = await portal.SignInAsync(script, $"/calls/{script.Calls[2].Id}");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "All calls of this command" }).ClickAsync();
        await StateAsync(window, "command", "ready");
        await Assertions.Expect(window.Page.Locator(".calls li")).ToHaveCountAsync(5);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Its calls in the search" }).ClickAsync();
        await window.StateAsync("ready");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task Keys_AloneReachARun()
    {
        await using var window = await portal.SignInAsync(Script);
        await window.StateAsync("ready");
        await window.Page.Locator("html[data-shortcuts]").WaitForAsync();
        await window.Rows.First.FocusAsync();
        await window.Page.Keyboard.PressAsync("g");
        await window.Page.Keyboard.PressAsync("k");
        await StateAsync(window, "commands", "ready");
        await window.Page.Locator(".scroll").FocusAsync();
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.PressAsync("Enter");
        await StateAsync(window, "command", "ready");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("kubectl exec");
    }

    private static Task StateAsync(PortalWindow window, string page, string state) => window.Page.Locator($".{page}[data-state={state}]").WaitForAsync();
}
