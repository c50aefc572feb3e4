using System.Globalization;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests;

/// <summary>Every page and state, both themes, two widths: into the folder that <c>KUBELENS_SCREENSHOTS</c> names, for a person to look at.</summary>
public sealed class Screenshots(PortalFixture portal)
{
    [Theory(Explicit = true)]
    [InlineData("light", 1440, 900)]
    [InlineData("dark", 1440, 900)]
    [InlineData("light", 390, 844)]
    [InlineData("dark", 390, 844)]
    public async Task Pages_AllStates_AreTaken(string theme, int width, int height)
    {
        var folder = Environment.GetEnvironmentVariable("KUBELENS_SCREENSHOTS");
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Skip("KUBELENS_SCREENSHOTS names no folder");
        }

        var now = TimeProvider.System.GetUtcNow();
        // And somebody who reads secrets, of late.
        var calls = SampleCalls.Make(430, now).Concat(Enumerable.Range(0, 60).Select(i => SampleCalls.One(13_006 + (13 * i), now.AddSeconds(-60 - (4.1 * i))))).OrderByDescending(call => call.Time).ToList();
        var script = new StoreScript { Calls = calls, Object = ObjectScript.Deployment(), Role = "admin" };
        var noted = calls[2].Id;
        script.Notes.Add(noted, "incident 1234: this is the one that caused it.\nSee the runbook.", "bob");
        script.Notes.Add(noted, "The deployment was rolled back at 14:05.");
        script.Holds.Items.AddRange([HoldScript.Item(2, "case-17", "user:alice resource:secrets", 1_204), HoldScript.Item(1, "incident-1234", "ns:prod is:mutating", releasedBy: "dave (session 9a8b7c6d)")]);
        script.Saved.Items.AddRange([SavedSearchScript.Item("who deletes", "verb:delete -is:system"), SavedSearchScript.Item("secrets that are read", "resource:secrets verb:(get,list,watch)", "bob", isShared: true)]);
        script.Tokens.Items.AddRange([TokenScript.Item(4, "ci of the shop"), TokenScript.Item(3, "former", days: -1), TokenScript.Item(2, "leaked", revokedBy: "bob (session 5e4d3c2b)"), TokenScript.Item(1, "grafana", "auditor", isUsed: false)]);
        script.Records.Items.AddRange(AccessRecordScript.OneOfEach(calls[3].Id));
        await using var window = await portal.OpenAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light });
        var page = window.Page;
        await page.GotoAsync("/sign-in");
        await TakeAsync("sign-in");
        await page.GotoAsync("/login?code=used");
        await TakeAsync("sign-in-used");
        await page.GotoAsync($"/login?code={portal.Store.NewLogin(script)}");
        await window.StateAsync("ready");
        await page.Locator(".histogram[data-state=ready]").WaitForAsync();
        await TakeAsync("search");
        await page.GotoAsync("/search?q=verb:(get,patch) -user:alice");
        await window.StateAsync("ready");
        if (await page.Locator(".facets").CountAsync() == 0)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Filters", Exact = true }).ClickAsync();
        }

        await page.Locator(".facets[data-state=ready]").WaitForAsync();
        await TakeAsync("search-filters");
        await page.GotoAsync("/search");
        await window.StateAsync("ready");
        await page.Locator(".plot[tabindex]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Shift+PageUp");
        await TakeAsync("search-brush");
        await page.GotoAsync("/search?cols=verb,status,resource,name,user,latency,ip,respsize");
        await window.StateAsync("ready");
        await TakeAsync("search-columns");
        await page.ClickAsync("#columns");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await TakeAsync("search-columns-menu");
        await page.GotoAsync(Compared(calls));
        await page.Locator(".compare table").First.WaitForAsync();
        await TakeAsync("search-compare");
        script.OnFacets = script.OnHistogram = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await page.GotoAsync("/search");
        await page.Locator(".histogram[data-state=error]").WaitForAsync();
        await TakeAsync("search-no-counts");
        script.OnFacets = script.OnHistogram = _ => Task.FromResult<IResult?>(null);
        await page.GotoAsync("/search");
        await window.StateAsync("ready");
        await page.ClickAsync("#time-range");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await TakeAsync("search-time");
        await page.GotoAsync("/search?q=vreb:delete");
        await page.Locator(".problem").WaitForAsync();
        await TakeAsync("search-bad-query");
        await page.GotoAsync("/search?q=verb:delete%20ns:nowhere");
        await window.StateAsync("empty-filtered");
        await TakeAsync("search-empty");
        await page.GotoAsync($"/objects/apps/deployments/prod/shop?b={script.Object.Versions[2].CallId}");
        await page.Locator(".diff .come").WaitForAsync();
        await TakeAsync("object");
        await page.GotoAsync("/objects/apps/deployments/prod/shop");
        await page.Locator(".diff .come, .diff .gone").First.WaitForAsync();
        await TakeAsync("object-deleted");
        foreach (var (name, index, tab) in new[] { ("overview", 2, "overview"), ("request", 2, "request"), ("response", 5, "response"), ("headers", 2, "headers"), ("connection", 2, "connection"), ("timing", 2, "timing") })
        {
            await page.GotoAsync($"/search?q=&from=now-1h&to=now&sel={calls[index].Id}&tab={tab}");
            await window.Drawer.Locator(".facts").WaitForAsync();
            await TakeAsync($"drawer-{name}");
        }

        await page.GotoAsync($"/calls/{calls[3].Id}");
        await page.Locator(".facts").WaitForAsync();
        await TakeAsync("call");
        await page.GotoAsync($"/calls/{calls[3].Id}?tab=response");
        await page.Locator(".text").WaitForAsync();
        await TakeAsync("call-response");
        foreach (var (name, index) in new[] { ("", 5), ("-unreachable", 11) })
        {
            foreach (var tab in new[] { "connection", "timing" })
            {
                await page.GotoAsync($"/calls/{calls[index].Id}?tab={tab}");
                await page.Locator($".{tab}").WaitForAsync();
                await TakeAsync($"call-{tab}{name}");
            }
        }

        await page.GotoAsync("/overview");
        await Assertions.Expect(page.Locator(".tile[data-state=ready]")).ToHaveCountAsync(14);
        await TakeAsync("overview");
        await page.Locator("#hygiene").ScrollIntoViewIfNeededAsync();
        await TakeAsync("overview-below");
        await page.GotoAsync("/users");
        await page.Locator(".users[data-state=ready]").WaitForAsync();
        await TakeAsync("users");
        await page.GotoAsync("/users/bob");
        await Assertions.Expect(page.Locator(".tile[data-state=ready]")).ToHaveCountAsync(8);
        await page.Locator(".hours[data-state=ready]").WaitForAsync();
        await TakeAsync("user");
        await page.Locator(".hours").ScrollIntoViewIfNeededAsync();
        await TakeAsync("user-below");
        calls.InsertRange(0, CommandScript.Calls(TimeProvider.System.GetUtcNow()));
        await page.GotoAsync("/commands");
        await page.Locator(".commands[data-state=ready]").WaitForAsync();
        await TakeAsync("commands");
        await page.GotoAsync($"/commands/{CommandScript.Apply}");
        await page.Locator(".command[data-state=ready]").WaitForAsync();
        await TakeAsync("command");
        await page.GotoAsync("/commands?q=user:nobody");
        await page.Locator(".commands[data-state=empty-filtered]").WaitForAsync();
        await TakeAsync("commands-empty");
        await page.GotoAsync("/access");
        await page.Locator(".access[data-state=empty-filtered]").WaitForAsync();
        await TakeAsync("access-nobody");
        await page.GotoAsync($"/access?subject={AccessScript.Robot}");
        await page.Locator(".access[data-state=ready]").WaitForAsync();
        await TakeAsync("access");
        await page.FillAsync("#pasted", "kind: Role\nrules:\n- {apiGroups: [\"\"], resources: [pods, secrets], verbs: [get, list]}\n- {apiGroups: [apps], resources: [\"*\"], verbs: [patch]}\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await page.Locator(".found .missing").ScrollIntoViewIfNeededAsync();
        await TakeAsync("access-below");
        await page.GotoAsync("/live");
        await page.Locator(".live[data-state=empty-filtered], .live[data-state=ready]").WaitForAsync();
        await TakeAsync("live");
        await page.GotoAsync("/connect");
        await page.Locator("html[data-shortcuts]").WaitForAsync();
        await TakeAsync("connect");
        await page.GotoAsync("/status");
        await page.Locator(".health[data-state=ready]").WaitForAsync();
        await TakeAsync("status");
        await page.GotoAsync("/holds");
        await page.Locator(".holds[data-state=ready]").WaitForAsync();
        await TakeAsync("holds");
        await page.GetByRole(AriaRole.Button, new() { Name = "Place a hold" }).ClickAsync();
        await page.Locator(".hold-form").WaitForAsync();
        await TakeAsync("holds-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Release case-17" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await TakeAsync("holds-release");
        await page.GotoAsync("/tokens");
        await page.Locator(".tokens[data-state=ready]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "All (4)" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("nightly report");
        await TakeAsync("tokens");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        await page.Locator(".secret").WaitForAsync();
        await TakeAsync("tokens-made");
        await page.GotoAsync("/access-records");
        await page.Locator(".records[data-state=ready]").WaitForAsync();
        await TakeAsync("access-records");
        await page.GotoAsync("/settings");
        await page.Locator(".saved[data-state=ready]").WaitForAsync();
        await page.GetByLabel("Another", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Another time zone").WaitForAsync();
        await TakeAsync("settings");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename who deletes" }).ClickAsync();
        await page.Locator("#new-name").ScrollIntoViewIfNeededAsync();
        await TakeAsync("settings-below");
        await page.GetByLabel("Comfortable").CheckAsync();
        await page.Locator("html[data-density=comfortable]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GotoAsync("/search");
        await window.StateAsync("ready");
        await TakeAsync("search-comfortable");
        await page.GotoAsync("/settings");
        await page.GetByLabel("Compact").CheckAsync();
        await page.Locator("html[data-density=compact]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GotoAsync($"/calls/{noted}");
        await page.Locator(".call-notes[data-state=ready]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a note" }).ClickAsync();
        await page.Locator("#note-text").WaitForAsync();
        await TakeAsync("call-notes");
        await page.GotoAsync("/search");
        await window.StateAsync("ready");
        await page.ClickAsync("[data-key='?']");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await TakeAsync("help");
        await page.GotoAsync("/search");
        await window.StateAsync("ready");
        await page.GetByLabel("Theme").ClickAsync();
        await page.GetByText("As the system").WaitForAsync();
        await TakeAsync("theme-menu");
        script.OnSearch = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await page.GotoAsync("/search");
        await window.StateAsync("error");
        await TakeAsync("search-error");
        var never = new TaskCompletionSource<IResult?>();
        script.OnSearch = _ => never.Task;
        await page.GotoAsync("/search");
        await window.StateAsync("loading");
        await Task.Delay(600, TestContext.Current.CancellationToken);
        await TakeAsync("search-loading");
        never.SetResult(null);
        script.OnSearch = _ => Task.FromResult<IResult?>(null);
        lock (calls)
        {
            calls.Clear();
        }

        await page.GotoAsync("/search");
        await window.StateAsync("empty-none");
        await TakeAsync("first-start");

        async Task TakeAsync(string name)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{theme}-{width}.png") });
        }

        window.Complaints.ShouldBeEmpty();
    }

    // The newer half of the range beside the older one.
    private static string Compared(List<CallDetails> calls)
    {
        var (first, half, last) = (Stamp(calls[^1].Time), Stamp(calls[calls.Count / 2].Time), Stamp(calls[0].Time));
        return $"/search?q=&from={half}&to={last}&within={first}..{last}&compare=true";

        static string Stamp(DateTimeOffset time) => Uri.EscapeDataString(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }
}
