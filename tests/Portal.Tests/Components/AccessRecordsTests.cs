using KubeLens.Portal.Tests.Accessibility;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>The page that tells who read what.</summary>
public sealed class AccessRecordsTests(PortalFixture portal)
{
    private static ILocator Rows(PortalWindow window) => window.Page.Locator("tbody tr");

    private static StoreScript Script()
    {
        var script = new StoreScript { Role = "admin", Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()) };
        script.Records.Items.AddRange(AccessRecordScript.OneOfEach(script.Calls[1].Id));
        return script;
    }

    [Fact]
    public async Task Records_EachKind_SaysWhatAndLeadsThere()
    {
        var script = Script();
        await using var window = await OpenAsync(script, "ready");
        await Assertions.Expect(Rows(window)).ToHaveCountAsync(8);
        foreach (var (row, text) in new[] { (0, "bodies of a call"), (1, "ndjson, 1,204 calls, whole"), (2, "csv, no end recorded"), (3, "search by bodies"), (3, "body:\"out of memory\""), (4, "prod deployments.apps shop/web"), (5, "what a call changed"), (6, "recording of a shell"), (7, "object in an answer") })
        {
            await Assertions.Expect(Rows(window).Nth(row)).ToContainTextAsync(text);
        }

        var search = await Rows(window).Nth(1).Locator(".of a").GetAttributeAsync("href");
        search!.ShouldStartWith("/search?q=resource%3Asecrets&from=20");
        await Assertions.Expect(Rows(window).Nth(2).Locator(".of a")).ToHaveTextAsync("everything");
        await Assertions.Expect(Rows(window).Nth(4).Locator(".of a")).ToHaveCountAsync(0);
        await Rows(window).First.Locator(".of a").ClickAsync();
        await window.Page.ReachesAsync($"**/calls/{script.Calls[1].Id}");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_Filtered_AreTheirsAndTheAddressSaysSo()
    {
        var script = Script();
        await using var window = await OpenAsync(script, "ready");
        await Rows(window).Nth(1).GetByRole(AriaRole.Link, new() { Name = AccessRecordScript.Robot }).ClickAsync();
        await window.Page.ReachesAsync("**/access-records?from=now-7d&to=now&who=API%20token%203%20%28nightly%20report%29");
        await Assertions.Expect(Rows(window)).ToHaveCountAsync(2);
        await Assertions.Expect(window.Page.GetByLabel("Who")).ToHaveValueAsync(AccessRecordScript.Robot);
        await window.Page.GetByLabel("Who").FillAsync("");
        await window.Page.GetByLabel("Call").FillAsync(script.Calls[1].Id);
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Rows(window)).ToHaveCountAsync(4);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Of all" }).ClickAsync();
        await Assertions.Expect(Rows(window)).ToHaveCountAsync(8);
        await window.Page.GetByLabel("Who").FillAsync("nobody");
        await window.Page.Keyboard.PressAsync("Enter");
        await StateAsync(window, "empty-filtered");
        await window.Page.GoBackAsync();
        await Assertions.Expect(Rows(window)).ToHaveCountAsync(8);
    }

    [Fact]
    public async Task Records_MoreThanAPage_AreLoadedOnDemand()
    {
        var script = Script();
        script.Records.OnAPage = 5;
        await using var window = await OpenAsync(script, "ready");
        await Assertions.Expect(window.Page.Locator(".summary")).ToHaveTextAsync("5 records so far, newest first");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Load more" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".summary")).ToHaveTextAsync("8 records, all there are, newest first");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Load more" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("auditor", 0)]
    [InlineData("admin", 1)]
    public async Task Call_WhoReadIt_IsOneClickAwayForAnAdmin(string role, int links)
    {
        var script = new StoreScript { Role = role, Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()) };
        script.Records.Items.AddRange(AccessRecordScript.OneOfEach(script.Calls[1].Id));
        await using var window = await portal.SignInAsync(script, $"/calls/{script.Calls[1].Id}");
        await window.Page.Locator(".facts").First.WaitForAsync();
        var link = window.Page.GetByRole(AriaRole.Link, new() { Name = "Who read this call" });
        await Assertions.Expect(link).ToHaveCountAsync(links);
        if (links > 0)
        {
            await link.ClickAsync();
            await window.Page.ReachesAsync($"**/access-records?from=**Z&to=now&call={script.Calls[1].Id}");
            await Assertions.Expect(Rows(window)).ToHaveCountAsync(4);
        }
    }

    [Fact]
    public async Task Range_WithAnError_IsSaidAtTheRange()
    {
        await using var window = await portal.SignInAsync(Script(), "/access-records?from=sometimes");
        await StateAsync(window, "error");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is no time.");
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Page_EachState_HasNoViolations(string theme)
    {
        var script = Script();
        await using var window = await portal.OpenAsync(theme);
        await window.SignInAsync(portal, script);
        await window.Page.GotoAsync("/access-records");
        await StateAsync(window, "ready");
        await window.CheckAsync("records");
        await window.Page.GotoAsync("/access-records?who=nobody");
        await StateAsync(window, "empty-filtered");
        await window.CheckAsync("records, none");
        await window.Page.GotoAsync("/access-records?from=sometimes");
        await StateAsync(window, "error");
        await window.CheckAsync("records, no range");
        script.Records.OnList = () => Results.StatusCode(503);
        await window.Page.GotoAsync("/access-records");
        await StateAsync(window, "error");
        await window.CheckAsync("records, error");
    }

    [Fact]
    public async Task Page_At320Pixels_DoesNotScrollSideways()
    {
        await using var window = await portal.SignInAsync(Script(), "/access-records", new() { ViewportSize = new() { Width = 320, Height = 640 } });
        await StateAsync(window, "ready");
        (await window.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('main > *').scrollWidth)")).ShouldBeLessThanOrEqualTo(320);
    }

    private static Task StateAsync(PortalWindow window, string state) => window.Page.Locator($".records[data-state={state}]").WaitForAsync();

    private async Task<PortalWindow> OpenAsync(StoreScript script, string state)
    {
        var window = await portal.SignInAsync(script, "/access-records");
        await StateAsync(window, state);
        return window;
    }
}
