using System.Text.RegularExpressions;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Objects;

public sealed class ObjectPageTests(PortalFixture portal)
{
    private const string Address = "/objects/apps/deployments/prod/shop";

    [Fact]
    public async Task History_Opened_TellsWhoDidWhatAndWhereOthersMayHave()
    {
        await using var window = await OpenAsync(ObjectScript.Deployment());
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("deployments.apps prod/shop");
        var versions = Versions(window);
        await Assertions.Expect(versions).ToHaveCountAsync(6);
        await Assertions.Expect(versions.Nth(0)).ToContainTextAsync("deleted");
        await Assertions.Expect(versions.Nth(1)).ToContainTextAsync("had no effect");
        await Assertions.Expect(versions.Nth(1)).ToContainTextAsync("403");
        await Assertions.Expect(versions.Nth(2)).ToContainTextAsync("spec.template.spec.containers[name=shop].image \"shop:1.0\"→\"shop:2.0\"");
        await Assertions.Expect(versions.Nth(2)).ToContainTextAsync("and 9 more changes");
        await Assertions.Expect(window.Page.Locator(".gap")).ToHaveTextAsync("▲ Changes outside the gateway are possible here.");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Older versions" }).ClickAsync();
        await Assertions.Expect(versions).ToHaveCountAsync(8);
        await Assertions.Expect(window.Page.GetByText("3 versions without changes beside status")).ToBeVisibleAsync();
        await Assertions.Expect(versions.Nth(6)).ToContainTextAsync("spec.replicas 3→5");
        await Assertions.Expect(versions.Nth(7)).ToContainTextAsync("alice");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deleted_Shown_IsTheObjectAsItWas()
    {
        await using var window = await OpenAsync(ObjectScript.Deployment());
        await Assertions.Expect(Text(window)).ToContainTextAsync("image: shop:2.0");
        await Assertions.Expect(window.Page.Locator(".diff .come")).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.Locator(".diff .redacted b").First).ToHaveTextAsync("0123456789ab");
    }

    [Fact]
    public async Task Refused_Shown_IsNotCalledDeleted()
    {
        var script = ObjectScript.Deployment();
        await using var window = await OpenAsync(script, $"?b={script.Versions[1].CallId}");
        await Assertions.Expect(window.Page.Locator(".diff .title")).ToHaveTextAsync("The object before the call; nothing after it is known");
        await Assertions.Expect(window.Page.Locator(".diff pre")).ToContainTextAsync("image: shop:2.0");
        await Assertions.Expect(window.Page.Locator(".diff .gone, .diff .come")).ToHaveCountAsync(0);
        await Versions(window).Nth(0).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".diff .title")).ToHaveTextAsync("The object before it was deleted");
        await Assertions.Expect(window.Page.Locator(".diff .gone").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Failed_WithoutARefusal_MayHaveHadAnEffect()
    {
        var script = ObjectScript.Deployment();
        script.Add(ObjectVersionKinds.Failed, "carol", "update", change: version => version with { Status = 504, Basis = ObjectChangeBases.None });
        script.Add(ObjectVersionKinds.Failed, "carol", "update", change: version => version with { Status = null, Basis = ObjectChangeBases.None });
        await using var window = await OpenAsync(script);
        await Assertions.Expect(Versions(window).Nth(0)).ToContainTextAsync("may have had an effect");
        await Assertions.Expect(Versions(window).Nth(1)).ToContainTextAsync("may have had an effect");
    }

    [Fact]
    public async Task Version_Chosen_ShowsTheLinesThatDiffer()
    {
        var script = ObjectScript.Deployment();
        await using var window = await OpenAsync(script);
        await Versions(window).Nth(2).ClickAsync();
        await window.Page.ReachesAsync($"**{Address}?**b={script.Versions[2].CallId}**");
        await Assertions.Expect(window.Page.Locator(".diff .gone")).ToHaveCountAsync(1);
        await Assertions.Expect(window.Page.Locator(".diff .gone")).ToContainTextAsync("image: shop:1.0");
        await Assertions.Expect(window.Page.Locator(".diff .come")).ToContainTextAsync("image: shop:2.0");
        await Assertions.Expect(window.Page.Locator(".basis")).ToContainTextAsync("inferred");
        await Assertions.Expect(window.Page.Locator(".fold").First).ToContainTextAsync("unchanged lines");
        await Button(window, "Whole").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".fold")).ToHaveCountAsync(0);
        await Button(window, "Split").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".diff .pair .gone")).ToContainTextAsync("shop:1.0");
        await Button(window, "All fields").ClickAsync();
        await Assertions.Expect(Text(window)).ToContainTextAsync("readyReplicas");
        await Button(window, "YAML").ClickAsync();
        await window.Page.ReachesAsync("**&view=yaml");
        await Assertions.Expect(window.Page.Locator(".diff .gone")).ToHaveCountAsync(0);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Version_ComparedWithAnOlderOne_ShowsAllThatCameBetween()
    {
        var script = ObjectScript.Deployment();
        await using var window = await OpenAsync(script, $"?b={script.Versions[2].CallId}");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Older versions" }).ClickAsync();
        await Assertions.Expect(Versions(window)).ToHaveCountAsync(8);
        await window.Page.GetByLabel("compared with").SelectOptionAsync(script.Versions[^1].CallId);
        await window.Page.ReachesAsync($"**a={script.Versions[^1].CallId}&b={script.Versions[2].CallId}**");
        await Assertions.Expect(window.Page.Locator(".diff .gone")).ToHaveTextAsync([new Regex("replicas: 3"), new Regex("shop:1.0")]);
    }

    [Fact]
    public async Task History_OfAnObjectWithoutNamespace_AsksForIt()
    {
        var script = new ObjectScript();
        await using var window = await portal.SignInAsync(new StoreScript { Object = script }, "/objects/core/nodes/_/node-1?cluster=prod-eu&from=now-1h");
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("nodes node-1");
        await StateAsync(window, "empty-filtered");
        script.Asked.ShouldBe(["/api/v1/objects/core/nodes/_/node-1?from=now-1h&to=now&cluster=prod-eu"]);
        await window.Page.GetByText("Look at the last 30 days").ClickAsync();
        await window.Page.ReachesAsync("**/objects/core/nodes/_/node-1?from=now-30d**");
    }

    [Fact]
    public async Task History_StoreFails_SaysSoAndRetryHelps()
    {
        var script = ObjectScript.Deployment();
        script.OnHistory = _ => Results.StatusCode(503);
        await using var window = await OpenAsync(script, state: "error");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("503");
        script.OnHistory = _ => null;
        script.OnState = () => Results.StatusCode(500);
        await Button(window, "Retry").ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("500");
        await Assertions.Expect(Versions(window)).ToHaveCountAsync(6);
        script.OnState = () => null;
        await Button(window, "Retry").ClickAsync();
        await Assertions.Expect(Text(window)).ToContainTextAsync("shop:2.0");
    }

    [Fact]
    public async Task History_OfSeveralClusters_SaysWhichThereAre()
    {
        var script = new ObjectScript
        {
            OnHistory = _ => Results.Json(new QueryProblem("about:blank", "Name the cluster.", 400, [new QueryMessage("Q178", "cluster", 0, 1, "There are prod-eu and prod-us.", "")]), statusCode: 400),
        };
        await using var window = await OpenAsync(script, state: "error");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("prod-eu and prod-us");
    }

    [Fact]
    public async Task State_Hostile_ExecutesNothingAndFreezesNothing()
    {
        var script = new ObjectScript();
        script.Add(ObjectVersionKinds.Created, "<script>alert(1)</script>", "create", """{"metadata":{"name":"<img src=x onerror=alert(2)>","annotations":{"long":"LONG","bidi":"a\u202eb","esc":"\u001b[31m"}}}""".Replace("LONG", new string('x', 3_000_000), StringComparison.Ordinal));
        await using var window = await OpenAsync(script);
        await Assertions.Expect(window.Page.Locator(".diff .cut")).ToContainTextAsync("more characters");
        await Assertions.Expect(Text(window)).ToContainTextAsync("<img src=x onerror=alert(2)>");
        (await window.Page.Locator("img, .version script").CountAsync()).ShouldBe(0);
        (await Text(window).TextContentAsync())!.Length.ShouldBeLessThan(10_000);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_ThatChangedItsObject_HasItsDifference()
    {
        var call = SampleCalls.One(2, TimeProvider.System.GetUtcNow().AddMinutes(-1));
        var script = ObjectScript.Deployment();
        var at = script.Versions.FindIndex(version => version.User == "bob" && version.Verb == "patch");
        script.Versions[at] = script.Versions[at] with { CallId = call.Id };
        script.States[call.Id] = ObjectScript.State(5, "shop:1.0", 0);
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [call], Object = script }, $"/calls/{call.Id}?tab=diff");
        await Assertions.Expect(window.Page.Locator(".changes")).ToContainTextAsync("spec.replicas");
        await Assertions.Expect(window.Page.Locator(".diff .gone")).ToContainTextAsync("replicas: 3");
        await Assertions.Expect(window.Page.Locator(".diff .come")).ToContainTextAsync("replicas: 5");
        await window.Page.GetByText("The object's whole history").ClickAsync();
        await window.Page.ReachesAsync($"**/objects/apps/deployments/prod/web?**b={call.Id}**");
        await StateAsync(window, "ready");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatTheRoleDoesNotSee_IsSaidInItsPlace()
    {
        var call = SampleCalls.One(2, TimeProvider.System.GetUtcNow().AddMinutes(-1));
        var script = new ObjectScript();
        script.Add(ObjectVersionKinds.Created, "alice", "create", change: version => version with { IsWithheld = true });
        script.Add(ObjectVersionKinds.Changed, "bob", "patch", change: version => version with { CallId = call.Id, ChangeCount = 5, IsWithheld = true });
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [call], Object = script }, Address);
        await StateAsync(window, "ready");
        await Assertions.Expect(Versions(window).Nth(0)).ToContainTextAsync("5 changes, not shown to your role");
        await Assertions.Expect(window.Page.Locator(".shown")).ToContainTextAsync("The object is not shown: your role sees no bodies.");
        await window.Page.GotoAsync($"/calls/{call.Id}?tab=diff");
        await Assertions.Expect(window.Page.Locator(".change .absent")).ToHaveTextAsync("What this call changed is not shown: your role sees no bodies.");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_ThatOnlyRead_HasNoDifferenceButAHistory()
    {
        var call = SampleCalls.Make(13, TimeProvider.System.GetUtcNow()).Find(one => one.Verb == "get" && one.Name.Length > 0)!;
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [call] }, $"/calls/{call.Id}");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "History of this object" })).ToBeVisibleAsync();
        (await window.Page.GetByRole(AriaRole.Tab, new() { Name = "Diff" }).CountAsync()).ShouldBe(0);
    }

    private async Task<PortalWindow> OpenAsync(ObjectScript script, string query = "", string state = "ready")
    {
        var window = await portal.SignInAsync(new StoreScript { Object = script }, Address + query);
        await StateAsync(window, state);
        return window;
    }

    private static Task StateAsync(PortalWindow window, string state) => window.Page.Locator($".object[data-state={state}]").WaitForAsync();

    private static ILocator Versions(PortalWindow window) => window.Page.Locator(".version");

    private static ILocator Text(PortalWindow window) => window.Page.Locator(".diff pre");

    private static ILocator Button(PortalWindow window, string name) => window.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
