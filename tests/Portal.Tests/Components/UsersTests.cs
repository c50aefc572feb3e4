using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class UsersTests(PortalFixture portal)
{
    private const string Issued = "https://issuer.example/#ann";

    private static List<CallDetails> Calls(int count) => SampleCalls.Make(count, TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Table_OfUsers_TellsSharesAndLeadsToTheirCalls()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(26) }, "/users");
        await StateAsync(window, "users", "ready");
        await Assertions.Expect(Row(window, "alice").Locator("td")).ToHaveTextAsync(["person", "6", "33.3 % 2", "0", "0"]);
        await Assertions.Expect(Row(window, "mallory").Locator("td")).ToHaveTextAsync(["person", "2", "0", "100 % 2", "100 % 2"]);
        await Assertions.Expect(Row(window, "sa:kube-system/replicaset-controller").Locator("td").First).ToHaveTextAsync("service account");
        await Row(window, "alice").GetByRole(AriaRole.Link, new() { Name = "33.3 %" }).ClickAsync();
        await window.StateAsync("ready");
        await Assertions.Expect(window.Query).ToHaveValueAsync("is:mutating user:alice");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Table_SortedAndFiltered_IsInTheUrl()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(26) }, "/users");
        await StateAsync(window, "users", "ready");
        var names = window.Page.Locator("tbody th");
        await Assertions.Expect(names.First).ToHaveTextAsync("alice");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Denied" }).ClickAsync();
        await window.Page.ReachesAsync("**/users?from=now-1h&to=now&sort=-denied");
        await Assertions.Expect(names.First).ToHaveTextAsync("mallory");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Denied" })).ToHaveAttributeAsync("aria-sort", "descending");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "User", Exact = true }).ClickAsync();
        await window.Page.ReachesAsync("**&sort=user");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Service accounts" }).ClickAsync();
        await window.Page.ReachesAsync("**/users?from=now-1h&to=now&kind=sa&sort=user");
        await Assertions.Expect(names).ToHaveTextAsync(["sa:kube-system/horizontal-pod-autoscaler", "sa:kube-system/replicaset-controller"]);
        await window.Page.ReloadAsync();
        await Assertions.Expect(names).ToHaveCountAsync(2);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Nodes" }).ClickAsync();
        await StateAsync(window, "users", "empty-filtered");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Drop the whole query" }).ClickAsync();
        await StateAsync(window, "users", "ready");
    }

    [Fact]
    public async Task Share_ThatFails_LeavesTheOthersAndIsAskedAgain()
    {
        var (fails, all) = (true, true);
        var script = new StoreScript { Calls = Calls(26) };
        script.OnFacets = query => Task.FromResult(all || (fails && query == "is:denied") ? Results.StatusCode(503) : null);
        await using var window = await portal.SignInAsync(script, "/users");
        await StateAsync(window, "users", "error");
        all = false;
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await StateAsync(window, "users", "ready");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Denied not counted");
        await Assertions.Expect(Row(window, "mallory").Locator("td")).ToHaveTextAsync(["person", "2", "0", "…", "100 % 2"]);
        fails = false;
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Retry Denied" }).ClickAsync();
        await Assertions.Expect(Row(window, "mallory").Locator("td").Nth(3)).ToHaveTextAsync("100 % 2");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task User_WithANameOfAnyCharacters_HasAPage()
    {
        var calls = Calls(3);
        calls.Insert(0, SampleCalls.One(0, TimeProvider.System.GetUtcNow().AddSeconds(-1)) with { User = Issued });
        await using var window = await portal.SignInAsync(new StoreScript { Calls = calls }, "/users");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = Issued }).ClickAsync();
        await StateAsync(window, "user", "ready");
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync(Issued);
        await window.Page.ReloadAsync();
        await StateAsync(window, "user", "ready");
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync(Issued);
        await Assertions.Expect(window.Page.Locator(".traffic dd").First).ToHaveTextAsync("1 call exact");
        await window.Page.Locator(".traffic dd a").First.ClickAsync();
        await Assertions.Expect(window.Rows).ToHaveCountAsync(1);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task User_WithCalls_IsToldByWhatAndWhen()
    {
        var calls = Calls(26);
        await using var window = await portal.SignInAsync(new StoreScript { Calls = calls }, "/users/bob");
        await StateAsync(window, "user", "ready");
        var resources = window.Page.Locator(".tile").Filter(new() { Has = window.Page.GetByRole(AriaRole.Heading, new() { Name = "Resources" }) });
        await Assertions.Expect(resources.Locator("li")).ToHaveTextAsync(["pods 2", "pods/exec 2"]);
        var cells = window.Page.Locator(".hours tbody td");
        await Assertions.Expect(window.Page.Locator(".hours[data-state=ready]")).ToBeVisibleAsync();
        (await cells.AllTextContentsAsync()).Where(text => text.Length > 0).Sum(int.Parse).ShouldBe(4);
        await window.Page.GetByText("last seen").GetByRole(AriaRole.Link).ClickAsync();
        await window.Page.ReachesAsync($"**/calls/{calls.First(call => call.User == "bob").Id}");
    }

    [Fact]
    public async Task User_WithoutCalls_SaysWhetherThereEverWereAny()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [SampleCalls.One(0, TimeProvider.System.GetUtcNow().AddHours(-3))] }, "/users/nobody");
        await StateAsync(window, "user", "empty-none");
        await window.Page.GotoAsync("/users/alice");
        await StateAsync(window, "user", "empty-filtered");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Widen to 24 h" }).ClickAsync();
        await StateAsync(window, "user", "ready");
        window.Page.Url.ShouldContain("/users/alice?from=now-24h");
    }

    [Fact]
    public async Task Keys_GAndALetter_GoToThePage()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = Calls(3) });
        await window.StateAsync("ready");
        await window.Page.Locator("html[data-shortcuts]").WaitForAsync();
        // In a field they are text.
        await window.Query.FocusAsync();
        await window.Page.Keyboard.TypeAsync("gu");
        await Assertions.Expect(window.Query).ToHaveValueAsync("gu");
        await window.Page.Keyboard.PressAsync("Escape");
        foreach (var (key, page, label) in new[] { ("o", "overview", "Overview"), ("u", "users", "Users"), ("l", "live", "Live"), ("k", "commands", "Kubectl"), ("v", "status", "Status"), ("c", "connect", "Connect"), ("s", "search", "Search") })
        {
            await window.Page.Locator("main").FocusAsync();
            await window.Page.Keyboard.PressAsync("g");
            await window.Page.Keyboard.PressAsync(key);
            await window.Page.ReachesAsync($"**/{page}**");
            await window.Page.Locator("nav a.active", new() { HasTextString = label }).WaitForAsync();
        }
    }

    private static Task StateAsync(PortalWindow window, string page, string state) => window.Page.Locator($".{page}[data-state={state}]").WaitForAsync();

    private static ILocator Row(PortalWindow window, string user) => window.Page.Locator("tbody tr").Filter(new() { Has = window.Page.GetByRole(AriaRole.Rowheader, new() { Name = user, Exact = true }) });
}
