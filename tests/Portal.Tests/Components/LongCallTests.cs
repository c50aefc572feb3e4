using System.Text.RegularExpressions;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>What is shown of calls that take long: while they run, of sessions, and of watches.</summary>
public sealed class LongCallTests(PortalFixture portal)
{
    private const string Cast = """
        {"version":2,"width":120,"height":40}
        [0.1,"o","$ ls /tmp\r\n\u001b[34ma <b>c</b>\u001b[0m\r\n"]
        [0.2,"r","100x30"]
        [0.3,"i","typed"]
        [0.4,"o","token=<redacted>\r\n\u001b]0;title\u0007"]
        """;

    private static SessionItem Recorded => new()
    {
        Kind = "exec",
        Command = ["sh", "-c", "ls /tmp && exit 3"],
        Container = "main",
        IsTty = true,
        Streams = ["stdin", "stdout"],
        Ports = [],
        Protocol = "v5.channel.k8s.io",
        Result = "failure",
        ExitCode = 3,
        Failure = "command terminated with non-zero exit code",
        InputBytes = 12,
        OutputBytes = 4_096,
        ErrorBytes = 0,
        Resizes = 2,
        Columns = 120,
        Rows = 40,
        Connections = 0,
        Undecoded = "",
        Recorded = "output",
    };

    private static WatchItem Watched => new()
    {
        Encoding = "json",
        Added = new(1_204, 4_300_000),
        Modified = new(77, 300_000),
        Deleted = new(0, 0),
        Bookmarks = new(12, 2_400),
        Errors = new(1, 190),
        Unknown = new(0, 0),
        FirstMs = 3.2,
        LastMs = 540_000,
        FirstVersion = "4711",
        LastVersion = "9001",
        BookmarkVersion = "9001",
        ErrorCode = 410,
        ErrorReason = "Expired",
        Uncounted = "",
        Events = [new("ADDED", "prod", "web-<b>0</b>", "4711", 3_100, 3.2), new("MODIFIED", "prod", "web-1", "4712", 3_200, 1_200), new("BOOKMARK", "", "", "4800", 200, 60_000)],
    };
    private static CallDetails Call() => SampleCalls.One(2, TimeProvider.System.GetUtcNow().AddMinutes(-1));

    private Task<PortalWindow> OpenAsync(CallDetails call, string tab) => portal.SignInAsync(new StoreScript { Calls = [call] }, $"/calls/{call.Id}?tab={tab}");

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Call_InFlight_ShowsHowFarItIsAndLooksAgain(ColorScheme theme)
    {
        var now = TimeProvider.System.GetUtcNow();
        var call = SampleCalls.One(7, now) with { Id = "00000000000000b1-7", InFlight = true, Outcome = "running", StartedAt = now.AddMinutes(-5), RequestBytes = 3, ResponseBytes = 4_096, RequestBody = null, ResponseBody = null };
        var script = new StoreScript { Calls = [call, .. SampleCalls.Make(20, now)] };
        await using var window = await portal.SignInAsync(script, "/search", new() { ColorScheme = theme });
        await Assertions.Expect(window.Page.Locator(".batch .row").First.Locator(".time")).ToHaveTextAsync("▶running");
        await window.Page.Locator(".batch .row").First.ClickAsync();
        var header = window.Drawer.Locator(".call > header");
        await Assertions.Expect(header).ToContainTextAsync("Running since");
        await Assertions.Expect(header).ToContainTextAsync("4.0 KiB received");
        if (Environment.GetEnvironmentVariable("KUBELENS_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"in-flight-{theme}.png") });
        }

        await window.Page.GetByRole(AriaRole.Tab, new() { Name = "Response" }).ClickAsync();
        await Assertions.Expect(window.Drawer.Locator(".body").First).ToHaveTextAsync("Response body: comes when the call ends.");

        // It has ended meanwhile: the same id leads to the ended call.
        lock (script.Calls)
        {
            script.Calls[0] = call with { InFlight = false, Outcome = "completed" };
        }

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Assertions.Expect(header).Not.ToContainTextAsync("Running since");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Look again" })).ToHaveCountAsync(0);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Session_Recorded_ShowsHowItEndedAndAPlainTranscript()
    {
        var call = Call() with { Resource = "pods", Subresource = "exec", Session = Recorded, ResponseBody = new BodyItem("", 40, 40, "whole", 1, Cast) };
        await using var window = await OpenAsync(call, "session");
        var session = window.Page.Locator(".session");
        await Assertions.Expect(session.Locator("[data-result=failure]")).ToHaveTextAsync(new Regex(@"✖\s*exit code 3"));
        var text = (await session.TextContentAsync())!;
        text.ShouldContain("sh -c 'ls /tmp && exit 3'");
        text.ShouldContain("yes, 120 × 40");
        (await session.Locator("pre").TextContentAsync()).ShouldBe("$ ls /tmp\na <b>c</b>\ntoken=redacted");
        (await session.Locator("pre b").CountAsync()).ShouldBe(0);
        (await session.GetByRole(AriaRole.Link, new() { Name = "Download as asciicast" }).GetAttributeAsync("href")).ShouldBe($"/calls/{call.Id}/recording");
        window.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Watch_EventsTab_ShowsTotalsAndTheFirstEvents(ColorScheme theme)
    {
        var call = Call() with { Verb = "watch", Resource = "pods", Watch = Watched };
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [call] }, $"/calls/{call.Id}?tab=events", new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
        var view = window.Page.Locator(".watch");
        await Assertions.Expect(view.Locator(".total")).ToHaveTextAsync("1,294 events");
        (await view.Locator(".types tbody tr").AllInnerTextsAsync()).Select(row => Regex.Replace(row, @"\s+", " ")).ShouldBe(["ADDED 1,204 4.1 MiB", "MODIFIED 77 293.0 KiB", "DELETED 0 0 B", "BOOKMARK 12 2.3 KiB", "ERROR 1 190 B"]);
        await Assertions.Expect(view).ToContainTextAsync("410 Expired");
        await Assertions.Expect(view).ToContainTextAsync("has to list again");
        await Assertions.Expect(view.Locator(".events tbody tr")).ToHaveCountAsync(3);
        await Assertions.Expect(view.Locator(".events tbody tr").First).ToContainTextAsync("prod/web-<b>0</b>");
        (await window.Page.ViolationsAsync()).ShouldBeEmpty();
        if (Environment.GetEnvironmentVariable("KUBELENS_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"watch-{theme}.png") });
        }

        window.Complaints.ShouldBeEmpty();
    }
}
