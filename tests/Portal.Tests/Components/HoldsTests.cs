using KubeLens.Portal.Tests.Accessibility;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>The page of legal holds.</summary>
public sealed class HoldsTests(PortalFixture portal)
{
    private static ILocator Button(PortalWindow window, string name) => window.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Card(PortalWindow window, string name) => window.Page.GetByRole(AriaRole.Article, new() { Name = name, Exact = true });

    [Fact]
    public async Task Hold_IsPlacedFromTheForm_AndReleasedOnceThatIsSure()
    {
        var script = new StoreScript { Role = "admin" };
        await using var window = await OpenAsync(script, "empty-none");
        await Button(window, "Place a hold").ClickAsync();
        await Assertions.Expect(window.Page.GetByLabel("Name")).ToBeFocusedAsync();
        await window.Page.GetByLabel("Name").FillAsync("case-17");
        await window.Page.GetByLabel("Query").FillAsync("usr:alice");
        await window.Page.GetByLabel("From").FillAsync("2026-11-01");
        await Button(window, "Place the hold").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".hold-form")).ToContainTextAsync("There is no field usr.");
        await Assertions.Expect(window.Page.Locator(".hold-form")).ToContainTextAsync("reason has to be one line");
        await Assertions.Expect(window.Page.GetByLabel("Name")).ToHaveValueAsync("case-17");

        await window.Page.GetByLabel("Query").FillAsync("user:alice");
        await window.Page.GetByLabel("Reason").FillAsync("court order 7");
        await Button(window, "Place the hold").ClickAsync();
        await StateAsync(window, "ready");
        await Assertions.Expect(window.Page.Locator(".hold-form")).ToHaveCountAsync(0);
        await Assertions.Expect(Button(window, "Place a hold")).ToBeFocusedAsync();
        await Assertions.Expect(Card(window, "case-17")).ToContainTextAsync("in force");

        await Button(window, "Release case-17").ClickAsync();
        var sure = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Release case-17?" });
        await sure.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await Assertions.Expect(sure).ToHaveCountAsync(0);
        await Assertions.Expect(Button(window, "Release case-17")).ToBeFocusedAsync();
        script.Holds.Items.ShouldHaveSingleItem().ReleasedBy.ShouldBeNull();
        await window.Page.Keyboard.PressAsync("Enter");
        await sure.GetByRole(AriaRole.Button, new() { Name = "Release it" }).ClickAsync();
        await Assertions.Expect(Card(window, "case-17")).ToContainTextAsync("alice (session 9a8b7c6d)");
        await Assertions.Expect(Button(window, "Release case-17")).ToHaveCountAsync(0);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Holds_TellWhatTheyKeep_AndLeadToIt()
    {
        var script = new StoreScript { Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()) };
        script.Holds.Items.AddRange([HoldScript.Item(3, "case-3", "user:alice resource:secrets", 1_204), HoldScript.Item(2, "case-<b>2</b>", "body:x", kept: null), HoldScript.Item(1, "case-1", "*", releasedBy: "dave")]);
        await using var window = await OpenAsync(script, "ready");

        await Assertions.Expect(window.Page.Locator(".holds .head")).ToContainTextAsync("1,204 calls, 5.0 MiB of headers and bodies.");
        await Assertions.Expect(Card(window, "case-3")).ToContainTextAsync("1,204 calls");
        await Assertions.Expect(Card(window, "case-3")).ToContainTextAsync("carol (session 1f2e3d4c)");
        await Assertions.Expect(Card(window, "case-<b>2</b>")).ToContainTextAsync("not known: it asks what bodies hold");
        await Assertions.Expect(Card(window, "case-1")).ToContainTextAsync("dave");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Release|Place)") })).ToHaveCountAsync(0);
        await Card(window, "case-1").GetByRole(AriaRole.Link).ClickAsync();
        await window.Page.ReachesAsync("**/search?q=%2A&from=**");
        await window.StateAsync("ready");
    }

    [Theory]
    [InlineData("viewer", false)]
    [InlineData("auditor", true)]
    [InlineData("admin", true)]
    public async Task Page_IsForAuditors_AndStatusLeadsThemToIt(string role, bool mayLook)
    {
        var script = new StoreScript { Role = role };
        script.Holds.Items.Add(HoldScript.Item(1, "case-1", "user:alice"));
        await using var window = await portal.SignInAsync(script, "/status");
        await window.Page.Locator(".health[data-state=ready]").WaitForAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Legal holds" })).ToHaveCountAsync(mayLook ? 1 : 0);

        if (mayLook)
        {
            await window.Page.GetByRole(AriaRole.Link, new() { Name = "Legal holds" }).ClickAsync();
            await StateAsync(window, "ready");
            return;
        }

        await window.Page.GotoAsync("/holds");
        await Assertions.Expect(window.Page.GetByText("Legal holds are seen by auditors")).ToBeVisibleAsync();
        await window.Page.Locator("html[data-shortcuts]").WaitForAsync();
        script.Holds.Lists.ShouldBe(0);
    }

    [Fact]
    public async Task Store_ThatFails_IsSaid_AndAskedAgain()
    {
        var script = new StoreScript { Role = "admin" };
        script.Holds.OnList = () => Results.StatusCode(500);
        await using var window = await OpenAsync(script, "error");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The holds could not be read");
        script.Holds.OnList = () => null;
        await Button(window, "Retry").ClickAsync();
        await StateAsync(window, "empty-none");

        script.Holds.OnChange = () => Results.Problem("Calls are being dropped or purged, and no hold can begin meanwhile: nothing is held yet.", statusCode: 503);
        await Button(window, "Place a hold").ClickAsync();
        await window.Page.GetByLabel("Name").FillAsync("case-17");
        await Button(window, "Place the hold").ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nothing is held yet");
        await Assertions.Expect(window.Page.GetByLabel("Name")).ToHaveValueAsync("case-17");
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Page_EachState_HasNoViolations(string theme)
    {
        var script = new StoreScript { Role = "admin", Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()) };
        await using var window = await portal.OpenAsync(theme);
        await window.SignInAsync(portal, script);
        await window.Page.GotoAsync("/holds");
        await StateAsync(window, "empty-none");
        await window.CheckAsync("no holds");
        script.Holds.Items.AddRange([HoldScript.Item(2, "case-2", "user:alice"), HoldScript.Item(1, "case-1", "*", releasedBy: "dave")]);
        await Button(window, "Read again").ClickAsync();
        await StateAsync(window, "ready");
        await window.CheckAsync("holds");
        await Button(window, "Release case-2").ClickAsync();
        await window.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await window.CheckAsync("release?");
        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Button(window, "Place a hold").ClickAsync();
        await Button(window, "Place the hold").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".hold-form")).ToContainTextAsync("There is no field usr.");
        await window.CheckAsync("new hold, refused");
        script.Holds.OnList = () => Results.StatusCode(500);
        await window.Page.GotoAsync("/holds");
        await StateAsync(window, "error");
        await window.CheckAsync("holds, error");
    }

    [Fact]
    public async Task Page_At320Pixels_DoesNotScrollSideways()
    {
        var script = new StoreScript { Role = "admin" };
        script.Holds.Items.Add(HoldScript.Item(1, new string('x', 200), $"name:{new string('y', 200)}"));
        await using var window = await portal.SignInAsync(script, "/holds", new() { ViewportSize = new() { Width = 320, Height = 640 } });
        await StateAsync(window, "ready");
        await Button(window, "Place a hold").ClickAsync();
        await window.Page.Locator(".hold-form").WaitForAsync();
        (await window.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('main > *').scrollWidth)")).ShouldBeLessThanOrEqualTo(320);
    }

    private async Task<PortalWindow> OpenAsync(StoreScript script, string state)
    {
        var window = await portal.SignInAsync(script, "/holds");
        await StateAsync(window, state);
        return window;
    }

    private static Task StateAsync(PortalWindow window, string state) => window.Page.Locator($".holds[data-state={state}]").WaitForAsync();
}
