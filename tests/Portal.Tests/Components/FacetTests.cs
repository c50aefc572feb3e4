using System.Text.RegularExpressions;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class FacetTests(PortalFixture portal)
{
    private static List<CallDetails> Calls(int count) => SampleCalls.Make(count, TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Facets_Clicked_IncludeExcludeAndForget()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(26) });
        await window.StateAsync("ready");
        var verbs = Facet(window, "Verb");
        await Assertions.Expect(Value(verbs, "get").Locator(".count")).ToHaveTextAsync("10");
        await Assertions.Expect(verbs.Locator("h3")).ToHaveTextAsync("Verb exact");

        await Value(verbs, "delete").ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("verb:delete");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        await Assertions.Expect(Value(verbs, "delete")).ToHaveAttributeAsync("aria-pressed", "true");
        // Its own terms do not count: what else could be chosen is still there.
        await Assertions.Expect(Value(verbs, "get").Locator(".count")).ToHaveTextAsync("10");

        await Value(verbs, "patch").ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("verb:(delete,patch)");
        await Value(verbs, "list").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(window.Query).ToHaveValueAsync("verb:list");
        await Value(verbs, "list").ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("");

        await Facet(window, "User").GetByRole(AriaRole.Button, new() { Name = "Exclude alice" }).ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("-user:alice");
        await Assertions.Expect(window.Rows.Filter(new() { HasText = "alice" })).ToHaveCountAsync(0);
        await Facet(window, "User").GetByRole(AriaRole.Button, new() { Name = "Exclude alice" }).ClickAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(26);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Facets_Keys_ActOnTheValueInFocus()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(26) });
        await window.StateAsync("ready");
        var value = Value(Facet(window, "Namespace"), "prod");
        await value.FocusAsync();
        await window.Page.Keyboard.PressAsync("f");
        await Assertions.Expect(window.Query).ToHaveValueAsync("ns:prod");
        await value.FocusAsync();
        await window.Page.Keyboard.PressAsync("x");
        await Assertions.Expect(window.Query).ToHaveValueAsync("-ns:prod");
        await window.Page.Locator("main").FocusAsync();
        await window.Page.Keyboard.PressAsync("b");
        await Assertions.Expect(window.Page.Locator(".facets")).ToHaveCountAsync(0);
        await window.Page.ReloadAsync();
        await window.StateAsync("ready");
        await Assertions.Expect(window.Page.Locator(".histogram[data-state=ready]")).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.Locator(".facets")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Facets_ResourceOfTheCoreGroup_IsCalledAsPeopleCallIt()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(26) });
        await window.StateAsync("ready");
        await Value(Facet(window, "Resource"), "pods/exec").ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("resource:pods.core/exec");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Facets_FieldLimitedElsewhere_SaysSo()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(26) }, "/search?q=verb:get%20OR%20ns:prod");
        await window.StateAsync("ready");
        await Assertions.Expect(Facet(window, "Verb")).ToContainTextAsync("also limited in the query");
        await Assertions.Expect(Facet(window, "Status")).Not.ToContainTextAsync("also limited");
    }

    [Fact]
    public async Task Facets_StoreFails_RowsStayAndRetryHelps()
    {
        var fails = true;
        var script = new StoreScript { Calls = Calls(13) };
        script.OnFacets = _ => Task.FromResult(fails ? Results.StatusCode(503) : null);
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("ready");
        var rail = window.Page.Locator(".facets");
        await Assertions.Expect(rail.GetByRole(AriaRole.Alert)).ToContainTextAsync("503");
        (await window.Rows.CountAsync()).ShouldBe(13);
        await Assertions.Expect(window.Page.Locator(".histogram[data-state=ready]")).ToBeVisibleAsync();
        fails = false;
        await rail.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Assertions.Expect(Value(Facet(window, "Verb"), "list")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Facets_SlowOldAnswer_NeverPaintsOverANewerOne()
    {
        var first = new TaskCompletionSource();
        var script = new StoreScript { Calls = Calls(26) };
        script.OnFacets = async query =>
        {
            if (query == "user:alice")
            {
                await first.Task;
            }

            return null;
        };
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("ready");
        await window.SearchAsync("user:alice");
        await Assertions.Expect(window.Page.Locator(".facets")).ToHaveAttributeAsync("aria-busy", "true");
        await window.SearchAsync("user:bob");
        await Assertions.Expect(Value(Facet(window, "Verb"), "delete").Locator(".count")).ToHaveTextAsync("2");
        first.SetResult();
        await Assertions.Expect(Value(Facet(window, "User"), "bob")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(Value(Facet(window, "Verb"), "list")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Cell_Hovered_OffersItsValueToSearchForOrLeaveOut()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(26) });
        await window.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.StateAsync("ready");
        var actions = window.Page.Locator(".cell-actions");

        // The path of a call without a resource is no value of a field.
        await window.Rows.Nth(10).Locator(".resource").HoverAsync();
        await Assertions.Expect(actions).ToBeHiddenAsync();
        await window.Rows.Nth(4).Locator(".name").HoverAsync();
        await actions.GetByLabel("Copy this value").ClickAsync();
        (await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe("web-7d4b9c6f5-old7z");

        await window.Rows.Nth(5).Locator(".resource").HoverAsync();
        await actions.GetByLabel("Only calls with this value").ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("resource:pods.core/exec");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        await Assertions.Expect(window.Drawer).ToHaveCountAsync(0);

        await window.Rows.First.Locator(".status").HoverAsync();
        await actions.GetByLabel("No calls with this value").ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("resource:pods.core/exec -status:101");
        await window.StateAsync("empty-filtered");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task SystemTraffic_Hidden_IsPartOfTheQuery()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(13) });
        await window.StateAsync("ready");
        var hide = window.Page.GetByRole(AriaRole.Button, new() { Name = "Hide system traffic" });
        await hide.ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("-is:system");
        await Assertions.Expect(hide).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(window.Rows.Filter(new() { HasText = "system:" })).ToHaveCountAsync(0);
        await window.Page.ReachesAsync("**/search?q=-is%3Asystem&**");
        await hide.ClickAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(13);
    }

    [Fact]
    public async Task Facets_NarrowWindow_AreClosedUntilAskedForAndThenCoverTheRows()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(13) }, options: new() { ViewportSize = new() { Width = 390, Height = 844 } });
        await window.StateAsync("ready");
        await Assertions.Expect(window.Page.Locator(".histogram[data-state=ready]")).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.Locator(".facets")).ToHaveCountAsync(0);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Filters", Exact = true }).ClickAsync();
        await Value(Facet(window, "Verb"), "delete").ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("verb:delete");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Close the filters" }).ClickAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(1);
    }

    private static ILocator Facet(PortalWindow window, string label) => window.Page.Locator(".facet").Filter(new() { Has = window.Page.Locator("h3", new() { HasTextRegex = new($"^{label} ") }) });

    private static ILocator Value(ILocator facet, string text) => facet.Locator(".value").Filter(new() { Has = facet.Page.Locator(".text", new() { HasTextRegex = new($"^{Regex.Escape(text)}$") }) });
}
