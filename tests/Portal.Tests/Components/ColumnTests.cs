using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>Which columns the rows have.</summary>
public sealed class ColumnTests(PortalFixture portal)
{
    private const string Search = "/search?q=&from=now-1h&to=now";
    private const string Usual = "Time Verb Status Resource Namespace Name User Latency";

    private static StoreScript Script(int calls = 6) => new() { Calls = SampleCalls.Make(calls, TimeProvider.System.GetUtcNow()) };

    private static ILocator Menu(PortalWindow window) => window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Columns" });

    [Fact]
    public async Task Column_ChosenByKeys_IsShownAtOnceAndInTheAddress()
    {
        var script = Script();
        await using var window = await OpenAsync(script);
        var searches = script.Searches;
        await HeadsAsync(window, Usual);
        await window.Page.Locator("#columns").FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Menu(window).GetByLabel("Address").FocusAsync();
        await window.Page.Keyboard.PressAsync("Space");
        await window.Page.ReachesAsync("**&cols=verb,status,resource,ns,name,user,latency,ip");
        await HeadsAsync(window, $"{Usual} Address");
        await Assertions.Expect(window.Rows.First.Locator(".ip")).ToHaveTextAsync("127.0.0.1");
        await Menu(window).GetByLabel("Verb", new() { Exact = true }).UncheckAsync();
        await HeadsAsync(window, $"{Usual} Address".Replace("Verb ", "", StringComparison.Ordinal));
        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Menu(window)).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.Locator("#columns")).ToBeFocusedAsync();

        // The same calls: nothing was asked for, and their rows still open.
        script.Searches.ShouldBe(searches);
        await window.Rows.First.ClickAsync();
        await window.Drawer.WaitForAsync();
        window.Page.Url.ShouldContain("&cols=status,resource,ns,name,user,latency,ip&sel=");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Columns_OfAnAddress_AreThoseOfAllRows()
    {
        await using var window = await OpenAsync(Script(150), $"{Search}&cols=respsize,ua,nothing,user");
        await HeadsAsync(window, "Time Answered User agent User");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Load more" }).ClickAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(150);
        await window.Page.Locator("#columns").ClickAsync();
        await Menu(window).GetByLabel("Method").CheckAsync();
        await HeadsAsync(window, "Time Answered User agent User Method");
        await Assertions.Expect(window.Rows.Nth(149).Locator(".method")).ToHaveTextAsync("GET");
        await Assertions.Expect(window.Rows.Nth(149)).ToHaveAttributeAsync("aria-rowindex", "151");
        await Menu(window).GetByRole(AriaRole.Button, new() { Name = "The usual ones" }).ClickAsync();
        await HeadsAsync(window, Usual);
        new Uri(window.Page.Url).Query.ShouldNotContain("cols");

        // One has to stay beside the time.
        await window.Page.GotoAsync($"{Search}&cols=user");
        await window.StateAsync("ready");
        await window.Page.Locator("#columns").ClickAsync();
        await Assertions.Expect(Menu(window).GetByLabel("User", new() { Exact = true })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Cell_OfAColumnThatWasChosen_CanBeSearchedFor()
    {
        await using var window = await OpenAsync(Script(), $"{Search}&cols=ns,class");
        await window.Rows.First.Locator(".class").HoverAsync();
        await window.Page.GetByLabel("Only calls with this value").ClickAsync();
        await window.Page.ReachesAsync("**?q=class%3Aread&from=now-1h&to=now&cols=ns,class");
    }

    [Fact]
    public async Task Columns_Kept_AreThoseOfTheSavedSearch()
    {
        var script = Script();
        await using var window = await OpenAsync(script, $"{Search}&cols=user,ip");
        await window.Page.Locator("#saved-searches").ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Saved searches" });
        await dialog.GetByLabel("Name of this search").FillAsync("from where");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"{Search}&cols=user,ip");
        script.Saved.Items.ShouldHaveSingleItem().Columns.ShouldBe(["user", "ip"]);
    }

    [Fact]
    public async Task Live_Columns_AreThoseOfWhatIsThereAndOfWhatComes()
    {
        var script = Script();
        await using var window = await portal.SignInAsync(script, "/live");
        script.Live.Call(script.Calls[0]);
        await Assertions.Expect(window.Rows).ToHaveCountAsync(1);
        await window.Page.Locator("#columns").ClickAsync();
        await Menu(window).GetByLabel("Method").CheckAsync();
        await Assertions.Expect(window.Rows.First.Locator(".method")).ToHaveTextAsync("GET");
        window.Page.Url.ShouldEndWith("/live?q=&cols=verb,status,resource,ns,name,user,latency,method");
        script.Live.Call(script.Calls[1]);
        await Assertions.Expect(window.Rows.Locator(".method")).ToHaveCountAsync(2);
        window.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("light", 1440)]
    [InlineData("dark", 1440)]
    [InlineData("light", 390)]
    [InlineData("dark", 390)]
    public async Task Grid_ManyColumns_HasNoViolationsAndScrollsByItself(string theme, int width)
    {
        await using var window = await portal.SignInAsync(Script(13), $"{Search}&cols=verb,status,resource,ns,name,user,latency,path,ua,ip,audit,trace,respsize", new()
        {
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        await window.StateAsync("ready");
        (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        await window.Page.Locator("#columns").ClickAsync();
        await Menu(window).GetByLabel("Audit id").WaitForAsync();
        (await window.Page.ViolationsAsync()).ShouldBeEmpty();
    }

    private static Task HeadsAsync(PortalWindow window, string heads) => Assertions.Expect(window.Page.Locator(".head .row")).ToHaveTextAsync(heads, new() { UseInnerText = true });

    private async Task<PortalWindow> OpenAsync(StoreScript script, string path = Search)
    {
        var window = await portal.SignInAsync(script, path);
        await window.StateAsync("ready");
        return window;
    }
}
