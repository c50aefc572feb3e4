using System.Globalization;
using System.Text.RegularExpressions;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>What the reader chooses, and what then is as they chose.</summary>
public sealed class SettingsTests(PortalFixture portal)
{
    // Noon in UTC of a day that is over: 17:45 in Kathmandu, where the browser is, and 13:00 in Prague.
    private static readonly DateTimeOffset Noon = new(TimeProvider.System.GetUtcNow().Date.AddDays(-1).AddHours(12), TimeSpan.Zero);

    private static StoreScript Script() => new() { Calls = [.. Enumerable.Range(0, 3).Select(i => SampleCalls.One(i, Noon))] };

    private static string Search => string.Create(CultureInfo.InvariantCulture, $"/search?q=&from={Noon.AddHours(-1):yyyy-MM-ddTHH:mm:ss}Z&to={Noon.AddHours(1):yyyy-MM-ddTHH:mm:ss}Z");

    private static ILocator Time(PortalWindow window) => window.Rows.First.Locator("time");

    private static ILocator Chip(PortalWindow window) => window.Page.Locator(".zone");

    [Fact]
    public async Task Choices_Made_AreThereFromTheFirstByteOfTheNextLoad()
    {
        await using var window = await OpenAsync(Script());
        var page = window.Page;
        await page.GetByLabel("Dark").CheckAsync();
        await page.GetByLabel("Comfortable").CheckAsync();
        await page.GetByLabel("UTC", new() { Exact = true }).CheckAsync();
        await Assertions.Expect(Chip(window)).ToHaveTextAsync("UTC");
        await Assertions.Expect(page.Locator("html[data-theme=dark][data-density=comfortable][data-zone=UTC]")).ToHaveCountAsync(1);

        var answer = await page.GotoAsync(Search);
        (await answer!.TextAsync()).ShouldContain("<html lang=\"en\" data-theme=\"dark\" data-density=\"comfortable\" data-zone=\"UTC\">");
        await Assertions.Expect(Time(window)).ToContainTextAsync("12:00:00.000");
        (await window.Rows.First.EvaluateAsync<int>("row => row.offsetHeight")).ShouldBe(36);
        await page.GotoAsync("/settings");
        await Assertions.Expect(page.GetByLabel("Comfortable")).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByLabel("UTC", new() { Exact = true })).ToBeCheckedAsync();
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Zone_Another_IsThatOfRowsAndHistogram()
    {
        await using var window = await OpenAsync(Script());
        var page = window.Page;
        await Assertions.Expect(page.GetByLabel("This browser's: Asia/")).ToBeCheckedAsync();
        await page.GetByLabel("Another", new() { Exact = true }).CheckAsync();
        await Assertions.Expect(page.GetByLabel("Another time zone")).ToHaveValueAsync(new Regex("^Asia/Kath?mandu$"));
        await Assertions.Expect(Chip(window)).ToHaveTextAsync("UTC+05:45");
        await page.GetByLabel("Another time zone").SelectOptionAsync("America/Phoenix");
        await Assertions.Expect(Chip(window)).ToHaveTextAsync("UTC-07:00");
        await page.GotoAsync(Search);
        await Assertions.Expect(Time(window)).ToContainTextAsync("05:00:00.000");
        await page.Locator(".plot[tabindex]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator(".histogram output")).ToContainTextAsync("06:00 to");
    }

    [Fact]
    public async Task Zone_TZ_TurnsUtcOnAndOffAgain()
    {
        await using var window = await portal.SignInAsync(Script(), Search);
        await Assertions.Expect(Time(window)).ToContainTextAsync("17:45:00.000");
        await window.Page.EvaluateAsync("document.activeElement.blur()");
        await window.Page.Keyboard.PressAsync("t");
        await window.Page.Keyboard.PressAsync("z");
        await Assertions.Expect(Time(window)).ToContainTextAsync("12:00:00.000");
        await Chip(window).ClickAsync();
        await Assertions.Expect(Time(window)).ToContainTextAsync("17:45:00.000");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Time_Keys_FixAndShiftTheRange()
    {
        await using var window = await portal.SignInAsync(Script(), "/search?q=verb%3Aget&from=now-1h&to=now");
        await window.StateAsync("empty-filtered");
        await window.Page.EvaluateAsync("document.activeElement.blur()");
        await PressAsync("a");
        await window.Page.ReachesAsync("**/search?q=verb%3Aget&from=**Z&to=**Z");
        var (from, to) = Range();
        (to - from).ShouldBe(TimeSpan.FromHours(1));
        await PressAsync("ArrowLeft");
        await Assertions.Expect(window.Page).Not.ToHaveURLAsync(Address(from, to));
        Range().ShouldBe((from.AddMinutes(-30), to.AddMinutes(-30)));
        await PressAsync("ArrowRight");
        await Assertions.Expect(window.Page).ToHaveURLAsync(Address(from, to));

        async Task PressAsync(string key)
        {
            await window.Page.Keyboard.PressAsync("t");
            await window.Page.Keyboard.PressAsync(key);
        }

        (DateTimeOffset From, DateTimeOffset To) Range()
        {
            var parameters = System.Web.HttpUtility.ParseQueryString(new Uri(window.Page.Url).Query);
            return (DateTimeOffset.Parse(parameters["from"]!, CultureInfo.InvariantCulture), DateTimeOffset.Parse(parameters["to"]!, CultureInfo.InvariantCulture));
        }

        string Address(DateTimeOffset start, DateTimeOffset end) => string.Create(CultureInfo.InvariantCulture,
            $"{portal.Address}/search?q=verb%3Aget&from={Uri.EscapeDataString($"{start:yyyy-MM-ddTHH:mm:ss}Z")}&to={Uri.EscapeDataString($"{end:yyyy-MM-ddTHH:mm:ss}Z")}");
    }

    [Fact]
    public async Task Cookies_OfNoKnownChoice_AreAsIfNothingWasChosen()
    {
        await using var window = await portal.OpenAsync();
        await window.Page.Context.AddCookiesAsync([.. new[] { ("theme", "\"><b>"), ("density", "huge"), ("zone", "Central%20Europe%20Standard%20Time") }
            .Select(cookie => new Cookie { Name = $"kubelens-{cookie.Item1}", Value = cookie.Item2, Url = portal.Address })]);
        var answer = await window.Page.GotoAsync("/sign-in");
        (await answer!.TextAsync()).ShouldContain("<html lang=\"en\" data-theme=\"system\" data-density=\"compact\" data-zone=\"\">");
    }

    [Fact]
    public async Task Keys_SwitchedOffHere_AreOff()
    {
        await using var window = await OpenAsync(Script());
        await Assertions.Expect(window.Page.Locator("#shortcuts + .choice + .keys")).ToContainTextAsync("previous and next call");
        await window.Page.GetByLabel("Single keys are shortcuts").UncheckAsync();
        await window.Page.Locator("html[data-shortcuts=off]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await window.Page.GotoAsync(Search);
        await window.StateAsync("ready");
        await window.Page.EvaluateAsync("document.activeElement.blur()");
        await window.Page.Keyboard.PressAsync("t");
        await window.Page.Keyboard.PressAsync("z");
        await Assertions.Expect(Chip(window)).ToHaveTextAsync("UTC+05:45");
    }

    [Fact]
    public async Task SavedSearch_Renamed_KeepsAllElseAndItsPlaceForTheKeyboard()
    {
        var script = Script();
        script.Saved.Items.AddRange([SavedSearchScript.Item("mine", "verb:get", isShared: true) with { Columns = ["user", "ns"] }, SavedSearchScript.Item("other", "user:\"a b\"")]);
        await using var window = await OpenAsync(script);
        await Assertions.Expect(window.Page.GetByText("user:\"a b\"", new() { Exact = true })).ToBeVisibleAsync();
        await Button(window, "Rename mine").ClickAsync();
        await Assertions.Expect(window.Page.GetByLabel("New name of mine")).ToBeFocusedAsync();
        await window.Page.GetByLabel("New name of mine").FillAsync("other");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("#new-name-error")).ToHaveTextAsync("You have another search of that name.");
        await window.Page.GetByLabel("New name of mine").FillAsync(new string('x', 101));
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("#new-name-error")).ToContainTextAsync("1 to 100 characters");
        await window.Page.GetByLabel("New name of mine").FillAsync("gets");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Button(window, "Rename gets")).ToBeFocusedAsync();
        script.Saved.Items.Select(item => item.Name).ShouldBe(["other", "gets"]);
        (script.Saved.Items[1] with { ChangedAt = default, Columns = [] }).ShouldBe(new SavedSearchItem("gets", "verb:get", "now-7d", "now", [], "alice", true, default));
        script.Saved.Items[1].Columns.ShouldBe(["user", "ns"]);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task SavedSearch_RenamedHalfWay_IsThereTwiceAndSaid()
    {
        var script = Script();
        script.Saved.Items.Add(SavedSearchScript.Item("mine", "verb:get"));
        script.Saved.OnDelete = () => Results.StatusCode(500);
        await using var window = await OpenAsync(script);
        await Button(window, "Rename mine").ClickAsync();
        await window.Page.GetByLabel("New name of mine").FillAsync("gets");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator(".saved").GetByRole(AriaRole.Alert)).ToContainTextAsync("status 500");
        script.Saved.Items.Select(item => item.Name).ShouldBe(["mine", "gets"]);
        await Button(window, "Retry").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".saved tbody tr")).ToHaveCountAsync(2);
    }

    [Theory]
    [InlineData("auditor", 0)]
    [InlineData("admin", 1)]
    public async Task SavedSearches_OfOthers_AreAnAdminsToDelete(string role, int buttons)
    {
        var script = new StoreScript { Role = role };
        script.Saved.Items.AddRange([SavedSearchScript.Item("mine", "verb:get"), SavedSearchScript.Item("theirs", "verb:list", "bob", isShared: true)]);
        await using var window = await OpenAsync(script);
        await Button(window, "Share mine with everybody").ClickAsync();
        await Assertions.Expect(Button(window, "Keep mine to yourself")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(Button(window, "Rename theirs")).ToHaveCountAsync(0);
        await Assertions.Expect(Button(window, "Delete theirs of bob")).ToHaveCountAsync(buttons);
        await Button(window, buttons > 0 ? "Delete theirs of bob" : "Delete mine").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".saved tbody tr")).ToHaveCountAsync(1);
        script.Saved.Items.ShouldHaveSingleItem().Name.ShouldBe(buttons > 0 ? "mine" : "theirs");
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Page_EachState_HasNoViolations(string theme)
    {
        var script = new StoreScript();
        await using var window = await portal.SignInAsync(script, "/settings", new() { ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await StateAsync(window, "empty-none");
        await Accessibility.ThemedWindow.CheckAsync(window, "settings, nothing saved");
        script.Saved.Items.AddRange([SavedSearchScript.Item("mine", "verb:get"), SavedSearchScript.Item("theirs", "verb:list", "bob", isShared: true)]);
        await window.Page.ReloadAsync();
        await StateAsync(window, "ready");
        await window.Page.GetByLabel("Another", new() { Exact = true }).CheckAsync();
        await window.Page.GetByLabel("Another time zone").WaitForAsync();
        await Button(window, "Rename mine").ClickAsync();
        await window.Page.GetByLabel("New name of mine").FillAsync("");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("#new-name-error")).ToHaveTextAsync("Give it a name.");
        await Accessibility.ThemedWindow.CheckAsync(window, "settings, renaming");
        script.Saved.OnList = () => Results.StatusCode(500);
        await window.Page.ReloadAsync();
        await StateAsync(window, "error");
        await Accessibility.ThemedWindow.CheckAsync(window, "settings, error");
    }

    private static ILocator Button(PortalWindow window, string name) => window.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static Task StateAsync(PortalWindow window, string state) => window.Page.Locator($".saved[data-state={state}]").WaitForAsync();

    private async Task<PortalWindow> OpenAsync(StoreScript script)
    {
        var window = await portal.SignInAsync(script, "/settings");
        await window.Page.Locator("html[data-shortcuts]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await window.Page.Locator(".saved:not([data-state=loading])").WaitForAsync();
        return window;
    }
}
