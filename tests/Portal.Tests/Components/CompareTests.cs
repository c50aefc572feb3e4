using System.Globalization;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>A stretch of the histogram beside the rest of it.</summary>
public sealed class CompareTests(PortalFixture portal)
{
    // Whole minutes, so that buckets and stretches have them as ends.
    private static readonly DateTimeOffset Start = new(TimeProvider.System.GetUtcNow().Date.AddDays(-1).AddHours(9), TimeSpan.Zero);

    private static string Stamp(int minute) => Start.AddMinutes(minute).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Hour => $"/search?q=&from={Stamp(0)}&to={Stamp(60)}";

    private static string Compared(string query) => $"/search?q={Uri.EscapeDataString(query)}&from={Stamp(20)}&to={Stamp(30)}&within={Stamp(0)}..{Stamp(60)}&compare=true";

    private static ILocator View(PortalWindow window) => window.Page.Locator(".compare");

    private static ILocator Table(PortalWindow window, string field) => View(window).Locator("table", new() { Has = window.Page.Locator("caption", new() { HasTextRegex = new($"^{field} ") }) });

    /// <summary>All hour long calls of every kind; and from 9:20 to 9:30 somebody who reads secrets.</summary>
    private static StoreScript Script() => new()
    {
        Calls =
        [
            .. Enumerable.Range(0, 234).Select(i => SampleCalls.One(i, Start.AddSeconds(5 + (15 * i))))
                .Concat(Enumerable.Range(0, 60).Select(i => SampleCalls.One(6 + (13 * (100 + i)), Start.AddMinutes(20).AddSeconds(2 + (9.5 * i)))))
                .OrderByDescending(call => call.Time),
        ],
    };

    [Fact]
    public async Task Stretch_Brushed_IsComparedWithTheRestOfWhatWasShown()
    {
        var script = Script();
        await using var window = await portal.SignInAsync(script, Hour);
        await window.StateAsync("ready");
        await Assertions.Expect(window.Page.Locator("#compare")).ToHaveCountAsync(0);
        var plot = window.Page.Locator(".plot[tabindex]");
        await plot.FocusAsync();
        await window.Page.Keyboard.PressAsync("End");
        await window.Page.Keyboard.PressAsync("Home");
        for (var i = 0; i < 20; i++)
        {
            await window.Page.Keyboard.PressAsync("ArrowRight");
        }

        await window.Page.Keyboard.PressAsync("Shift+PageDown");
        await window.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.Locator("#compare").ClickAsync();
        await View(window).Locator("h2").WaitForAsync();
        new Uri(window.Page.Url).Query.ShouldBe($"?q=&from={Uri.EscapeDataString(Stamp(20))}&to={Uri.EscapeDataString(Stamp(30))}&within={Uri.EscapeDataString($"{Stamp(0)}..{Stamp(60)}")}&compare=true");

        await Assertions.Expect(View(window).Locator("header p")).ToContainTextAsync("100 calls here, 194 calls in the rest of");
        await Assertions.Expect(View(window).Locator("caption").First).ToContainTextAsync("exact");
        var users = Table(window, "User");
        await Assertions.Expect(users.Locator("tbody tr").First).ToContainTextAsync("mallory");
        await Assertions.Expect(users.Locator("tbody tr").First.Locator("td")).ToHaveTextAsync(["63 63 %", "15 7.7 %"]);
        await Assertions.Expect(View(window).Locator(".foot")).ToContainTextAsync("cluster");

        // A value is the next question, and the comparison goes on with it.
        await users.GetByRole(AriaRole.Button, new() { Name = "mallory" }).ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("user:mallory");
        await Assertions.Expect(View(window).Locator(".foot")).ToContainTextAsync("Not compared, since the query names them: user.");
        await View(window).GetByRole(AriaRole.Button, new() { Name = "Close the comparison" }).ClickAsync();
        await Assertions.Expect(View(window)).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.Locator("#compare")).ToBeVisibleAsync();
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Range_Changed_IsComparedNoMore()
    {
        await using var window = await portal.SignInAsync(Script(), Compared(""));
        await View(window).Locator("table").First.WaitForAsync();
        await window.Page.ClickAsync("#time-range");
        await window.Page.GetByText("Last 7 days").ClickAsync();
        await window.Page.ReachesAsync("**/search?q=&from=now-7d&to=now");
        await Assertions.Expect(View(window)).ToHaveCountAsync(0);
        await window.Page.GotoAsync($"{Hour}&compare=true");
        await Assertions.Expect(View(window)).ToContainTextAsync("not chosen from a greater one");
    }

    [Fact]
    public async Task Counts_OfTheNewestAlone_SaySo()
    {
        var script = Script();
        script.OnFacets = _ => Task.FromResult<IResult?>(Results.Ok(new CallFacets([.. new[] { "verb", "class", "status", "resource", "ns", "user", "kind", "client", "cluster", "gateway" }
            .Select(field => new CallFacet(field, [new("x", 20_000)], 0, 0, new CountQuality(CountQuality.Newest, Start, 20_000)))])));
        await using var window = await portal.SignInAsync(script, Compared(""));
        await Assertions.Expect(View(window)).ToContainTextAsync("Nothing differs by more than chance does");
        await Assertions.Expect(View(window).Locator("header p")).ToContainTextAsync("20,000 calls here, 40,000 calls in the rest of");
    }

    [Fact]
    public async Task Store_Fails_IsSaidAndRetryHelps()
    {
        var (script, fails) = (Script(), true);
        script.OnFacets = _ => Task.FromResult(fails ? Results.StatusCode(503) : null);
        await using var window = await portal.SignInAsync(script, Compared(""));
        await Assertions.Expect(View(window).GetByRole(AriaRole.Alert)).ToContainTextAsync("503");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(100);
        fails = false;
        await View(window).GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Assertions.Expect(Table(window, "User")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("light", 1440)]
    [InlineData("dark", 1440)]
    [InlineData("light", 390)]
    [InlineData("dark", 390)]
    public async Task View_EachState_HasNoViolations(string theme, int width)
    {
        var script = Script();
        await using var window = await portal.SignInAsync(script, Compared(""), new()
        {
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        await View(window).Locator("table").First.WaitForAsync();
        (await window.Page.ViolationsAsync()).ShouldBeEmpty("compared");
        (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        script.OnFacets = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await window.Page.ReloadAsync();
        await View(window).GetByRole(AriaRole.Alert).WaitForAsync();
        (await window.Page.ViolationsAsync()).ShouldBeEmpty("failed");
    }
}
