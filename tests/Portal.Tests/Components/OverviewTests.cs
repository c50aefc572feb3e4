using System.Globalization;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class OverviewTests(PortalFixture portal)
{
    private const int Tiles = 14;

    [Fact]
    public async Task Tiles_EachNumber_LeadsToTheSearchThatFindsJustTheseCalls()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = SampleCalls.Make(26, TimeProvider.System.GetUtcNow()) }, "/overview?from=now-6h");
        await StateAsync(window, "ready");
        await Assertions.Expect(window.Page.Locator(".tile[data-state=ready]")).ToHaveCountAsync(Tiles);
        var links = await window.Page.Locator(".tile .total a").EvaluateAllAsync<string[][]>("links => links.map(a => [a.textContent, a.getAttribute('href')])");
        links.Length.ShouldBe(Tiles);
        links.Select(link => link[0]).ShouldBe(["26 calls", "26 calls", "26 calls", "26 calls", "2 calls", "2 calls", "4 calls", "2 calls", "2 calls", "0 calls", "0 calls", "2 calls", "0 calls", "0 calls"]);
        foreach (var link in links.DistinctBy(link => link[1]))
        {
            await window.Page.GotoAsync(link[1]);
            await window.StateAsync(link[0] == "0 calls" ? "empty-filtered" : "ready");
            await Assertions.Expect(window.Rows).ToHaveCountAsync(int.Parse(link[0].Split(' ')[0], CultureInfo.InvariantCulture));
        }

        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Figures_OfTheHistogram_TellSharesAndLeadToTheirCalls()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = SampleCalls.Make(26, TimeProvider.System.GetUtcNow()) }, "/overview");
        await StateAsync(window, "ready");
        var figures = window.Page.Locator(".traffic dd");
        await Assertions.Expect(figures).ToHaveTextAsync(["26 calls exact", "26.0/h on average", "23.1 % 6 calls", "7.7 % 2 calls", "7.7 % 2 calls"]);
        await Tile(window, "Users").GetByRole(AriaRole.Link, new() { Name = "alice" }).ClickAsync();
        await window.Page.ReachesAsync("**/search?q=user%3Aalice&from=now-1h&to=now");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task Tile_ThatFails_LeavesTheOthersAndIsAskedAgain()
    {
        var fails = true;
        var script = new StoreScript { Calls = SampleCalls.Make(13, TimeProvider.System.GetUtcNow()) };
        script.OnFacets = query => Task.FromResult(fails && query == "is:denied" ? Results.StatusCode(503) : null);
        await using var window = await portal.SignInAsync(script, "/overview");
        var denied = Tile(window, "Denied");
        await Assertions.Expect(denied.GetByRole(AriaRole.Alert)).ToContainTextAsync("503");
        await Assertions.Expect(window.Page.Locator(".tile[data-state=ready]")).ToHaveCountAsync(Tiles - 1);
        fails = false;
        await denied.GetByRole(AriaRole.Button, new() { Name = "Retry Denied" }).ClickAsync();
        await Assertions.Expect(denied.Locator(".total a")).ToHaveTextAsync("1 call");
        await Assertions.Expect(denied.GetByRole(AriaRole.Link, new() { Name = "mallory" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Histogram_ThatFails_IsTheErrorOfThePageAndTilesStay()
    {
        var fails = true;
        var script = new StoreScript { Calls = SampleCalls.Make(13, TimeProvider.System.GetUtcNow()) };
        script.OnHistogram = _ => Task.FromResult(fails ? Results.StatusCode(503) : null);
        await using var window = await portal.SignInAsync(script, "/overview");
        await StateAsync(window, "error");
        await Assertions.Expect(window.Page.Locator(".tile[data-state=ready]")).ToHaveCountAsync(Tiles);
        fails = false;
        await window.Page.Locator(".histogram").GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await StateAsync(window, "ready");
        await Assertions.Expect(window.Page.Locator(".traffic dd").First).ToContainTextAsync("13 calls");
    }

    [Fact]
    public async Task Store_WhenSlow_IsAskedAFewThingsAtATime()
    {
        var (running, most, release) = (0, 0, new TaskCompletionSource());
        var gate = new Lock();
        var script = new StoreScript { Calls = SampleCalls.Make(13, TimeProvider.System.GetUtcNow()) };
        script.OnFacets = async _ =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
            }

            await release.Task;
            await Task.Delay(50);
            lock (gate)
            {
                running--;
            }

            return null;
        };
        await using var window = await portal.SignInAsync(script, "/overview");
        // The histogram does not wait for the tiles.
        await StateAsync(window, "ready");
        await Assertions.Expect(window.Page.Locator(".tile[data-state=loading]")).ToHaveCountAsync(Tiles);
        release.SetResult();
        await Assertions.Expect(window.Page.Locator(".tile[data-state=ready]")).ToHaveCountAsync(Tiles);
        most.ShouldBeInRange(3, 4, "three tiles, and the filters of the search page that was left");
    }

    [Fact]
    public async Task Range_Chosen_IsAnotherPlaceAndCountedAnew()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [SampleCalls.One(0, now.AddMinutes(-5)), SampleCalls.One(1, now.AddHours(-3))] }, "/overview");
        await StateAsync(window, "ready");
        await Assertions.Expect(window.Page.Locator(".traffic dd").First).ToContainTextAsync("1 call");
        await window.Page.ClickAsync("#time-range");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Last 6 hours" }).ClickAsync();
        await window.Page.ReachesAsync("**/overview?from=now-6h&to=now");
        await Assertions.Expect(window.Page.Locator(".traffic dd").First).ToContainTextAsync("2 calls");
        await Assertions.Expect(Tile(window, "Users").Locator(".total a")).ToHaveTextAsync("2 calls");
        await window.Page.GoBackAsync();
        await Assertions.Expect(window.Page.Locator(".traffic dd").First).ToContainTextAsync("1 call");
    }

    [Fact]
    public async Task Page_WithoutCalls_SaysWhichKindOfNothing()
    {
        await using var window = await portal.SignInAsync(new StoreScript(), "/overview");
        await StateAsync(window, "empty-none");
        await Assertions.Expect(window.Page.Locator(".command")).ToContainTextAsync("kubectl");

        await using var other = await portal.SignInAsync(new StoreScript { Calls = [SampleCalls.One(0, TimeProvider.System.GetUtcNow().AddHours(-3))] }, "/overview");
        await StateAsync(other, "empty-filtered");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Widen to 24 h" }).ClickAsync();
        await StateAsync(other, "ready");
        other.Page.Url.ShouldContain("/overview?from=now-24h");
        await other.Page.GotoAsync("/overview?from=now&to=now-1h");
        await StateAsync(other, "error");
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("before it starts");
    }

    private static Task StateAsync(PortalWindow window, string state) => window.Page.Locator($".overview[data-state={state}]").WaitForAsync();

    private static ILocator Tile(PortalWindow window, string title) => window.Page.Locator(".tile").Filter(new() { Has = window.Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }) });
}
