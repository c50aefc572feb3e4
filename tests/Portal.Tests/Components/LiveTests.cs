using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>The live page: calls as they are stored.</summary>
public sealed class LiveTests(PortalFixture portal)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CallDetails Call(int i) => SampleCalls.One(i % 26, Now) with { Id = $"live-{i}", Name = $"n-{i}" };

    [Fact]
    public async Task Live_CallsAreStored_ShowsThemNewestOnTop()
    {
        var feed = new LiveScript();
        await using var window = await OpenAsync(feed, "/live?q=verb%3Aget");
        await StateAsync(window, "empty-filtered");
        await Assertions.Expect(window.Page.GetByText("Listening.")).ToBeVisibleAsync();

        feed.Call(Call(1));
        await Assertions.Expect(window.Rows).ToHaveCountAsync(1);
        feed.Call(Call(2));

        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        await Assertions.Expect(window.Rows.First.Locator(".name")).ToHaveTextAsync("n-2");
        await StateAsync(window, "ready");
        feed.Asked.ShouldHaveSingleItem().ShouldBe(("verb:get", ""));
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Live_RowIsClicked_PausesAndShowsItsDetails()
    {
        var feed = new LiveScript();
        var call = Call(1);
        await using var window = await portal.SignInAsync(new StoreScript { Live = feed, Calls = [call] }, "/live");
        feed.Call(call);

        await window.Rows.First.ClickAsync();

        await window.Drawer.Locator(".facts").WaitForAsync();
        feed.Call(Call(2));
        await Assertions.Expect(window.Page.GetByText("1 call waits")).ToBeVisibleAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(1);
        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(window.Drawer).ToHaveCountAsync(0);
        window.Page.Url.ShouldEndWith("/live?q=");
    }

    [Fact]
    public async Task Live_Space_PausesAndGoesOn()
    {
        var feed = new LiveScript();
        await using var window = await OpenAsync(feed);
        feed.Call(Call(1));
        await Assertions.Expect(window.Rows).ToHaveCountAsync(1);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeFocusedAsync();

        await window.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" })).ToBeVisibleAsync();
        feed.Call(Call(2));
        feed.Call(Call(3));
        await Assertions.Expect(window.Page.GetByText("2 calls wait")).ToBeVisibleAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(1);

        await window.Page.Locator(".figures").ClickAsync();
        await window.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(3);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Live_SpaceOnAButton_PressesThat()
    {
        await using var window = await OpenAsync(new LiveScript());
        await StateAsync(window, "empty-filtered");

        await window.Page.GetByLabel("Help").PressAsync("Space");

        await window.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Pause", IncludeHidden = true })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Live_MoreThanItShows_KeepsTheNewestAndCountsTheRest()
    {
        var feed = new LiveScript();
        await using var window = await OpenAsync(feed);
        await StateAsync(window, "empty-filtered");

        feed.Dropped(400);
        for (var i = 0; i < 900; i++)
        {
            feed.Call(Call(i));
        }

        await Assertions.Expect(window.Rows.First.Locator(".name")).ToHaveTextAsync("n-899");
        (await window.Rows.CountAsync()).ShouldBeInRange(461, 500);
        var dropped = int.Parse((await window.Page.Locator(".dropped b").TextContentAsync())!.Split(' ')[0].Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        dropped.ShouldBeInRange(400, 800);
        await Assertions.Expect(window.Page.Locator(".dropped.some")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Live_ReaderScrollsAway_Pauses()
    {
        var feed = new LiveScript();
        await using var window = await OpenAsync(feed);
        for (var i = 0; i < 80; i++)
        {
            feed.Call(Call(i));
        }

        await Assertions.Expect(window.Rows).ToHaveCountAsync(80);
        await window.Rows.Nth(5).HoverAsync();
        await window.Page.Mouse.WheelAsync(0, 600);

        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Live_FeedBreaks_SaysSoAndGoesOnWhereItWas()
    {
        var feed = new LiveScript();
        await using var window = await OpenAsync(feed);
        feed.Call(Call(1));
        await Assertions.Expect(window.Rows).ToHaveCountAsync(1);

        feed.Break();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The Store has ended the feed." })).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.Locator(".live[data-stale=true]")).ToHaveCountAsync(1);

        await Assertions.Expect(window.Page.Locator(".live[data-stale=false]")).ToHaveCountAsync(1);
        feed.Call(Call(2));
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        feed.Asked.Select(asked => asked.LastEventId).ShouldBe(["", "2"]);
    }

    [Fact]
    public async Task Live_QueryThatIsWrong_IsShownWithItsFix()
    {
        var feed = new LiveScript();
        await using var window = await OpenAsync(feed, "/live?q=vreb%3Aget");

        await window.Page.Locator(".problem").WaitForAsync();
        await StateAsync(window, "error");
        feed.Asked.ShouldBeEmpty();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "verb:get" }).ClickAsync();

        await StateAsync(window, "empty-filtered");
        window.Page.Url.ShouldEndWith("/live?q=verb%3Aget");
        feed.Asked.ShouldHaveSingleItem().Query.ShouldBe("verb:get");
    }

    [Fact]
    public async Task Live_QueryThatTheStoreRefuses_SaysWhy()
    {
        var problem = new QueryProblem("about:blank", "This cannot be followed.", 400, Array.Empty<QueryMessage>());
        await using var window = await portal.SignInAsync(new StoreScript { OnLive = context => Results.Json(problem, statusCode: 400).ExecuteAsync(context) }, "/live");

        await StateAsync(window, "error");
        await Assertions.Expect(window.Page.GetByText(problem.Title)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Live_SessionIsOver_GoesToTheSignInPage()
    {
        var feed = new LiveScript();
        var script = new StoreScript { Live = feed };
        await using var window = await portal.SignInAsync(script, "/live");
        await StateAsync(window, "empty-filtered");

        script.SessionOver = true;
        feed.Break();

        await window.Page.WaitForURLAsync("**/sign-in?reason=expired*");
    }

    private Task<PortalWindow> OpenAsync(LiveScript feed, string path = "/live") => portal.SignInAsync(new StoreScript { Live = feed }, path);

    private static Task StateAsync(PortalWindow window, string state) => window.Page.Locator($".live[data-state={state}]").WaitForAsync();
}
