using System.Globalization;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class SearchTests(PortalFixture portal)
{
    private static List<CallDetails> Calls(int count) => SampleCalls.Make(count, TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Search_Opened_ShowsRowsInTheReadersZone()
    {
        var calls = Calls(13);
        await using var window = await portal.SignInAsync(new StoreScript { Calls = calls });
        await window.StateAsync("ready");
        (await window.Rows.CountAsync()).ShouldBe(13);
        // Kathmandu is 5 h 45 min ahead.
        var expected = (calls[0].Time + new TimeSpan(5, 45, 0)).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        (await window.Rows.First.Locator(".time").TextContentAsync()).ShouldBe(expected);
        (await window.Page.Locator(".zone").TextContentAsync()).ShouldBe("UTC+05:45");
        await Assertions.Expect(window.Page.Locator(".summary")).ToContainTextAsync("13 calls");
        (await window.Rows.Nth(4).Locator(".verb").TextContentAsync()).ShouldBe("✕delete");
        (await window.Rows.Nth(5).Locator(".resource").TextContentAsync()).ShouldBe("pods/exec");
        (await window.Rows.Nth(9).Locator(".status").TextContentAsync()).ShouldBe("✖503");
        (await window.Rows.Nth(11).Locator(".status").TextContentAsync()).ShouldBe("none");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Query_Entered_FiltersAndGoesIntoTheUrlAndBack()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(26) });
        await window.StateAsync("ready");
        await window.SearchAsync("verb:delete ns:prod");
        await window.Page.ReachesAsync("**/search?q=verb%3Adelete%20ns%3Aprod&from=now-1h&to=now");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        await window.SearchAsync("user:carol");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        await Assertions.Expect(window.Rows.First).ToContainTextAsync("carol");
        await window.Page.GoBackAsync();
        await Assertions.Expect(window.Rows.First).ToContainTextAsync("delete");
        await Assertions.Expect(window.Query).ToHaveValueAsync("verb:delete ns:prod");
        await window.Page.GoBackAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(26);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Url_OpenedAnew_ShowsTheSameState()
    {
        var script = new StoreScript { Calls = Calls(40) };
        await using var first = await portal.SignInAsync(script);
        await first.StateAsync("ready");
        await first.SearchAsync("verb:create OR user:\"bob\"");
        await Assertions.Expect(first.Rows).ToHaveCountAsync(9);
        await first.Rows.Nth(2).ClickAsync();
        await first.Drawer.Locator(".facts").WaitForAsync();
        await first.Page.GetByRole(AriaRole.Tab, new() { Name = "Headers" }).ClickAsync();
        await first.Page.ReachesAsync("**tab=headers");
        var url = new Uri(first.Page.Url).PathAndQuery;

        await using var second = await portal.SignInAsync(script, url);
        await second.StateAsync("ready");
        await second.Drawer.Locator(".facts").WaitForAsync();
        new Uri(second.Page.Url).PathAndQuery.ShouldBe(url);
        (await second.Rows.CountAsync()).ShouldBe(9);
        await Assertions.Expect(second.Rows.Nth(2)).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(second.Page.GetByText("Request headers")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Row_ClickedAtTheMomentItAppears_Opens()
    {
        await using var window = await portal.OpenAsync();
        await window.Page.AddInitScriptAsync("""
            new MutationObserver((_, observer) => {
              const row = document.querySelector('.batch .row');
              if (row) {
                observer.disconnect();
                row.click();
              }
            }).observe(document, { childList: true, subtree: true });
            """);
        await portal.SignInAsync(window, new StoreScript { Calls = Calls(13) });
        await window.Drawer.Locator(".facts").WaitForAsync();
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Query_UnknownField_ShowsTheCaretAndFixesByOneClick()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(26) });
        await window.StateAsync("ready");
        await window.SearchAsync("ns:prod vreb:delete");
        var problem = window.Page.Locator(".problem");
        (await problem.Locator(".code").TextContentAsync()).ShouldBe("Q101");
        (await problem.Locator("mark").TextContentAsync()).ShouldBe("vreb");
        (await problem.Locator(".line").TextContentAsync()).ShouldBe("        ^^^^");
        await problem.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("ns:prod verb:delete");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        await Assertions.Expect(problem).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Query_UnclosedQuote_NeverReachesTheStore()
    {
        var script = new StoreScript { Calls = Calls(3) };
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("ready");
        var before = script.Searches;
        await window.SearchAsync("user:\"alice");
        await window.StateAsync("error");
        (await window.Page.Locator(".problem .code").TextContentAsync()).ShouldBe("Q103");
        script.Searches.ShouldBe(before);
    }

    [Fact]
    public async Task TimeRange_RefusedByTheStore_ShowsItsMessage()
    {
        var script = new StoreScript { Calls = Calls(3) };
        script.OnSearch = _ => Task.FromResult<IResult?>(Results.Json(
            new { type = "about:blank", title = "The query cannot be run.", status = 400, messages = new[] { new { code = "Q151", parameter = "from", column = 0, length = 3, text = "The end is before the start.", fix = "now-1h" } } },
            statusCode: 400));
        await using var window = await portal.SignInAsync(script, "/search?q=&from=now&to=now-1h");
        await window.StateAsync("error");
        (await window.Page.Locator(".problem p").TextContentAsync())!.ShouldContain("The end is before the start.");
        (await window.Page.Locator(".problem mark").TextContentAsync()).ShouldBe("now");
    }

    [Fact]
    public async Task TimeRange_QuickAndAbsolute_ChangeTheUrl()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [.. SampleCalls.Make(5, now), .. SampleCalls.Make(5, now.AddHours(-5))] });
        await window.StateAsync("ready");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(5);
        await window.Page.ClickAsync("#time-range");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Last 6 hours" }).ClickAsync();
        await window.Page.ReachesAsync("**from=now-6h&to=now");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(10);
        await window.Page.ClickAsync("#time-range");
        await window.Page.GetByLabel("From").FillAsync("2020-01-01T00:00:00Z");
        await window.Page.GetByLabel("To", new() { Exact = true }).FillAsync("2020-01-02T00:00:00Z");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await window.StateAsync("empty-filtered");
        window.Page.Url.ShouldContain("from=2020-01-01T00%3A00%3A00Z");
    }

    [Fact]
    public async Task SearchInBodies_ThatIsNotThroughYet_SaysHowFarAndGoesOn()
    {
        var calls = Calls(2);
        var script = new StoreScript { Calls = calls };
        var searches = 0;
        script.OnSearch = query => Task.FromResult<IResult?>(!query.StartsWith("body:", StringComparison.Ordinal) ? null : Results.Json(++searches == 1
            ? new CallPage([], "more", 0, new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.Zero))
            : new CallPage([calls[0]], null)));
        await using var window = await portal.SignInAsync(script, "/search?q=body:needle");

        await window.StateAsync("ready");
        await Assertions.Expect(window.Page.Locator(".summary")).ToContainTextAsync("bodies searched back to 2026-11-01 15:45:00.000");
        await Assertions.Expect(window.Page.Locator(".more")).ToContainTextAsync("Nothing found yet back to 2026-11-01 15:45:00.000");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Search on" }).ClickAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(1);
        await Assertions.Expect(window.Page.Locator(".summary")).ToContainTextAsync("all there are");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task LoadMore_Pressed_AddsTheNextPageWithoutTouchingTheFirst()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(230) });
        await window.StateAsync("ready");
        (await window.Rows.CountAsync()).ShouldBe(100);
        await window.Rows.First.EvaluateAsync("row => row.dataset.mark = 'mine'");
        var more = window.Page.GetByRole(AriaRole.Button, new() { Name = "Load more" });
        await more.ClickAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(200);
        await more.ClickAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(230);
        await Assertions.Expect(more).ToHaveCountAsync(0);
        (await window.Rows.First.GetAttributeAsync("data-mark")).ShouldBe("mine");
        (await window.Rows.Last.GetAttributeAsync("aria-rowindex")).ShouldBe("231");
        var ids = await window.Rows.EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.id)");
        ids.Distinct().Count().ShouldBe(230);
    }

    [Fact]
    public async Task Answer_SlowOldQuery_NeverPaintsOverTheNewOne()
    {
        var script = new StoreScript { Calls = Calls(26) };
        var slow = new TaskCompletionSource<IResult?>();
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("ready");
        script.OnSearch = query => query == "verb:list" ? slow.Task : Task.FromResult<IResult?>(null);
        await window.SearchAsync("verb:list");
        await window.Page.ReachesAsync("**q=verb%3Alist**");
        await window.SearchAsync("user:carol");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        slow.SetResult(null);
        // The old answer has arrived once the Store has answered a query after it.
        await window.SearchAsync("user:carol verb:get");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        await Assertions.Expect(window.Rows.First).ToContainTextAsync("carol");
    }

    [Fact]
    public async Task Answer_Late_ShowsTheSkeletonThenRows()
    {
        var script = new StoreScript { Calls = Calls(3) };
        var slow = new TaskCompletionSource<IResult?>();
        script.OnSearch = _ => slow.Task;
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("loading");
        await window.Page.Locator(".results .skeleton").WaitForAsync();
        slow.SetResult(null);
        await window.StateAsync("ready");
        (await window.Rows.CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Store_Failing_ShowsTheErrorAndRetries()
    {
        var script = new StoreScript { Calls = Calls(3) };
        script.OnSearch = _ => Task.FromResult<IResult?>(Results.StatusCode(500));
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("error");
        var state = window.Page.Locator(".state");
        (await state.TextContentAsync())!.ShouldContain("The Store answered with status 500.");
        var correlation = await state.Locator("code").TextContentAsync();
        correlation!.Length.ShouldBe(32);
        portal.Output.ShouldContain(correlation);
        script.OnSearch = _ => Task.FromResult<IResult?>(null);
        await state.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await window.StateAsync("ready");
    }

    [Fact]
    public async Task Nothing_Matching_OffersToWidenAndToDropATerm()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(26) }, "/search?q=verb:delete%20ns:nowhere");
        await window.StateAsync("empty-filtered");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Widen to 24 h" })).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Drop verb:delete" })).ToContainTextAsync("0 calls");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Drop ns:nowhere" })).ToContainTextAsync("2 calls");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Drop ns:nowhere" }).ClickAsync();
        await window.StateAsync("ready");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        await Assertions.Expect(window.Query).ToHaveValueAsync("verb:delete");
    }

    [Fact]
    public async Task NothingEver_FirstCallArrives_TurnsIntoResults()
    {
        var script = new StoreScript();
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("empty-none");
        (await window.Page.Locator(".command code").TextContentAsync()).ShouldBe($"kubectl --kubeconfig {PortalFixture.KubeconfigPath} get ns");
        lock (script.Calls)
        {
            script.Calls.AddRange(Calls(1));
        }

        await window.StateAsync("ready");
        (await window.Rows.CountAsync()).ShouldBe(1);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Row_HostileNames_AreTextOnly()
    {
        var now = TimeProvider.System.GetUtcNow();
        var hostile = SampleCalls.One(1, now.AddSeconds(-5)) with { Name = "<img src=x onerror=alert(1)>", User = "\u202Eecila", Namespace = "\"><script>alert(2)</script>", Path = "/x?\"onmouseover=\"alert(3)" };
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [hostile] });
        await window.StateAsync("ready");
        (await window.Rows.First.Locator(".name").TextContentAsync()).ShouldBe("<img src=x onerror=alert(1)>");
        (await window.Rows.First.Locator(".user").TextContentAsync()).ShouldBe("202Eecila");
        (await window.Rows.First.Locator("img, script, [onmouseover]").CountAsync()).ShouldBe(0);
        window.Complaints.ShouldBeEmpty();
    }
}
