using System.Globalization;
using System.Web;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class HistogramTests(PortalFixture portal)
{
    private static List<CallDetails> Calls(int count) => SampleCalls.Make(count, TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Histogram_Shown_CountsAllCallsOnce()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(120) });
        await window.StateAsync("ready");
        await Assertions.Expect(window.Page.Locator(".summary")).ToContainTextAsync("120 calls");
        var counts = await Plot(window).GetAttributeAsync("data-counts");
        counts!.Split(';').Sum(bucket => bucket.Split(',').Sum(int.Parse)).ShouldBe(120);
        (await Plot(window).Locator("path").CountAsync()).ShouldBe(4);
        await Assertions.Expect(window.Page.Locator(".most")).ToContainTextAsync("exact");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Brush_Dragged_SearchesThatTime()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(120) });
        await window.StateAsync("ready");
        var box = await Plot(window).BoundingBoxAsync() ?? throw new InvalidOperationException("The plot is not shown.");
        var (start, width, buckets) = await ShapeAsync(window);
        float At(double bucket) => box.X + (float)(box.Width * bucket / buckets);
        await window.Page.Mouse.MoveAsync(At(buckets - 10.5), box.Y + 20);
        await Assertions.Expect(Plot(window).Locator(".brush")).ToBeVisibleAsync();
        await Assertions.Expect(Read(window)).ToContainTextAsync("calls");
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(At(buckets - 4.5), box.Y + 30);
        await window.Page.Mouse.UpAsync();
        await window.Page.ReachesAsync("**/search?q=&from=**Z&to=**Z");
        var (from, to) = RangeOf(window.Page.Url);
        from.ShouldBe(start.AddSeconds(width * (buckets - 11)));
        to.ShouldBe(start.AddSeconds(width * (buckets - 4)));
        // Back is the range that it was chosen from.
        await window.Page.GoBackAsync();
        await Assertions.Expect(window.Page.Locator("#time-range")).ToHaveTextAsync("Last hour");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Brush_Keys_ChooseAndSearch()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(120) });
        await window.StateAsync("ready");
        var (start, width, buckets) = await ShapeAsync(window);
        await Plot(window).FocusAsync();
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await window.Page.Keyboard.PressAsync("ArrowLeft");
        await window.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await window.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await Assertions.Expect(Read(window)).ToContainTextAsync("calls");
        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Read(window)).ToHaveTextAsync("");
        await window.Page.Keyboard.PressAsync("End");
        await window.Page.Keyboard.PressAsync("ArrowLeft");
        await window.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.ReachesAsync("**/search?q=&from=**Z&to=**Z");
        var (from, to) = RangeOf(window.Page.Url);
        from.ShouldBe(start.AddSeconds(width * (buckets - 3)));
        to.ShouldBe(start.AddSeconds(width * (buckets - 1)));
    }

    [Fact]
    public async Task Histogram_NotAllCounted_SaysSo()
    {
        var now = TimeProvider.System.GetUtcNow();
        var script = new StoreScript { Calls = Calls(13) };
        script.OnHistogram = _ => Task.FromResult<IResult?>(Results.Ok(new CallHistogram(now.AddHours(-1), now, 3600, [new(now.AddHours(-1), 20_000, 0, 0, 0)], new CountQuality(CountQuality.Newest, now.AddMinutes(-7), 20_000))));
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("ready");
        await Assertions.Expect(window.Page.Locator(".summary")).ToContainTextAsync("20,000+ calls");
        await Assertions.Expect(window.Page.Locator(".most")).ToContainTextAsync("newest 20,000");
    }

    [Fact]
    public async Task Histogram_StoreFails_RowsStayAndRetryHelps()
    {
        var fails = true;
        var script = new StoreScript { Calls = Calls(13) };
        script.OnHistogram = _ => Task.FromResult(fails ? Results.StatusCode(503) : null);
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("ready");
        var histogram = window.Page.Locator(".histogram");
        await Assertions.Expect(histogram.GetByRole(AriaRole.Alert)).ToContainTextAsync("503");
        (await window.Rows.CountAsync()).ShouldBe(13);
        fails = false;
        await histogram.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Plot(window).FocusAsync();
        await window.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(Read(window)).ToContainTextAsync("calls");
    }

    // It takes the focus once it hears keys.
    private static ILocator Plot(PortalWindow window) => window.Page.Locator(".histogram .plot[tabindex]");

    private static ILocator Read(PortalWindow window) => window.Page.Locator(".histogram output");

    private static async Task<(DateTimeOffset Start, int Width, int Buckets)> ShapeAsync(PortalWindow window)
    {
        var plot = Plot(window);
        async Task<string> Data(string name) => await plot.GetAttributeAsync($"data-{name}") ?? "";
        return (DateTimeOffset.FromUnixTimeSeconds(long.Parse(await Data("start"), CultureInfo.InvariantCulture)), int.Parse(await Data("width"), CultureInfo.InvariantCulture), (await Data("counts")).Split(';').Length);
    }

    private static (DateTimeOffset From, DateTimeOffset To) RangeOf(string url)
    {
        var parameters = HttpUtility.ParseQueryString(new Uri(url).Query);
        return (Time("from"), Time("to"));

        DateTimeOffset Time(string name) => DateTimeOffset.Parse(parameters[name]!, CultureInfo.InvariantCulture);
    }
}
