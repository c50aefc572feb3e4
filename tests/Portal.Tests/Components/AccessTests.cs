using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class AccessTests(PortalFixture portal)
{
    private static StoreScript Script => new() { Calls = SampleCalls.Make(60, TimeProvider.System.GetUtcNow()) };

    [Fact]
    public async Task Keys_AloneReachTheReviewOfAUser()
    {
        await using var window = await portal.SignInAsync(Script);
        await window.StateAsync("ready");
        await window.Page.Locator("html[data-shortcuts]").WaitForAsync();
        await window.Rows.First.FocusAsync();
        await window.Page.Keyboard.PressAsync("g");
        await window.Page.Keyboard.PressAsync("a");
        await StateAsync(window, "empty-filtered");
        (await window.Page.Locator("#known-users option").CountAsync()).ShouldBeGreaterThan(1);
        await window.Page.Keyboard.PressAsync("/");
        await window.Page.Keyboard.TypeAsync(AccessScript.Robot);
        await window.Page.Keyboard.PressAsync("Enter");
        await StateAsync(window, "ready");
        await window.Page.ReachesAsync($"**/access?subject={Uri.EscapeDataString(AccessScript.Robot)}&from=now-30d&to=now");
        await Assertions.Expect(window.Page.Locator(".summary")).ToContainTextAsync("Seen on 6 of 31 days (1 of them not known any more); nothing is known from before");
    }

    [Fact]
    public async Task Rights_LeadToTheirCalls_AndTheChoicesAreInTheUrl()
    {
        await using var window = await portal.SignInAsync(Script, $"/access?subject={AccessScript.Robot}");
        await StateAsync(window, "ready");
        var rows = window.Page.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(8);
        await Assertions.Expect(rows.Nth(2)).ToContainTextAsync("web-0, web-1, web-2 and 2 more");
        await Assertions.Expect(rows.Nth(2).Locator(".number")).ToHaveTextAsync(["1,200", "0", "0", "6"]);
        await Assertions.Expect(rows.Nth(6).Locator(".chip")).ToContainTextAsync("not in the RBAC");
        await Assertions.Expect(rows.Nth(5).GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.Locator(".yaml")).ToContainTextAsync("kind: Role # names namespace");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "By namespace" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".yaml")).ToContainTextAsync("# namespace namespace");
        await window.Page.GetByLabel("All resources of an API group").CheckAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Cluster", Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".yaml")).ToContainTextAsync("# namespace cluster true");
        await window.Page.GetByLabel("Allow what was denied").CheckAsync();
        await Assertions.Expect(rows.Locator(".chip")).ToHaveCountAsync(0);
        await window.Page.Locator(".choices select").SelectOptionAsync("west");
        await window.Page.ReachesAsync("**&scope=cluster&level=namespace&cluster=west&denied=true&wildcards=true");
        await Assertions.Expect(window.Page.Locator(".yaml")).ToContainTextAsync("# namespace cluster westtrue");
        var link = await window.Page.GetByRole(AriaRole.Link, new() { Name = "Download the RBAC" }).GetAttributeAsync("href");
        var file = await window.Page.APIRequest.GetAsync(link!);
        (file.Headers["content-type"], await file.TextAsync()).ShouldBe(("application/yaml", "---\nkind: Role # namespace cluster westtrue\n"));

        await rows.Nth(1).GetByRole(AriaRole.Link).ClickAsync();
        await window.Page.ReachesAsync("**/search?q=user%3Aalice&from=**T00%3A00%3A00Z&to=**T23%3A59%3A59.999999Z");
        await window.Page.GoBackAsync();
        await StateAsync(window, "ready");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task PastedRole_IsComparedWithWhatWasUsed()
    {
        await using var window = await portal.SignInAsync(Script, $"/access?subject={AccessScript.Robot}");
        await StateAsync(window, "ready");
        await window.Page.FillAsync("#pasted", "kind: Role\nmetadata: {namespace: shop}\nrules:\n- {apiGroups: ['', apps], resources: [pods, pods/log, configmaps], verbs: [get]}\n- {apiGroups: [apps], resources: ['*'], verbs: [patch]}\n");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();

        await Assertions.Expect(window.Page.Locator(".found .unused li")).ToHaveTextAsync(["− get pods.apps in shop", "− get pods.apps/log in shop", "− get configmaps.apps in shop"]);
        await Assertions.Expect(window.Page.Locator(".found .wider li")).ToHaveTextAsync(["~ patch *.apps in shop: used was patch deployments.apps"]);
        await Assertions.Expect(window.Page.Locator(".found .missing li")).ToHaveTextAsync(["+ list nodes", "+ create deployments.apps in shop", "+ get /healthz"]);
    }

    [Fact]
    public async Task Pages_WithoutAnything_SaySo()
    {
        var script = Script;
        await using var window = await portal.SignInAsync(script, "/access?subject=nobody");
        await StateAsync(window, "empty-filtered");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Widen to 90 days" }).ClickAsync();
        await window.Page.ReachesAsync("**/access?subject=nobody&from=now-90d&to=now");
        await StateAsync(window, "empty-filtered");
        script.OnAccess = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await window.Page.GotoAsync($"/access?subject={AccessScript.Robot}");
        await StateAsync(window, "error");
        script.OnAccess = _ => Task.FromResult<IResult?>(null);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await StateAsync(window, "ready");
        lock (script.Calls)
        {
            script.Calls.Clear();
        }

        await window.Page.GotoAsync("/access");
        await StateAsync(window, "empty-none");
    }

    [Fact]
    public async Task Page_OfAUser_LeadsToTheReview()
    {
        await using var window = await portal.SignInAsync(Script, "/users/alice");
        await window.Page.Locator(".user[data-state=ready]").WaitForAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Access review" }).ClickAsync();
        await StateAsync(window, "empty-filtered");
        await window.Page.ReachesAsync("**/access?subject=alice&from=now-30d&to=now");
        await Assertions.Expect(window.Page.GetByLabel("User", new() { Exact = true })).ToHaveValueAsync("alice");
    }

    [Fact]
    public async Task Names_ThatAreMarkup_AreText()
    {
        const string evil = "<img src=x onerror=alert(1)>";
        var script = Script;
        script.OnAccess = parameters => Task.FromResult<IResult?>(Results.Ok(AccessScript.Review(parameters, TimeProvider.System.GetUtcNow()) with
        {
            Notes = [evil],
            Yaml = $"# {evil}\n",
            Uses = [new() { ApiGroup = evil, Resource = evil, Subresource = evil, Namespace = evil, Verb = evil, Names = [evil, "<script>alert(1)</script>\u202e"], Calls = 1, IsGranted = true, Query = "user:alice" }],
        }));
        await using var window = await portal.SignInAsync(script, $"/access?subject={Uri.EscapeDataString(evil)}");
        await StateAsync(window, "ready");
        await Assertions.Expect(window.Page.Locator("tbody tr")).ToContainTextAsync("<script>alert(1)</script>");
        await window.Page.FillAsync("#pasted", $"kind: Role\nrules: [{{apiGroups: [\"{evil}\"], resources: [a], verbs: [get]}}]");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".found .unused li")).ToContainTextAsync(evil);
        await Assertions.Expect(window.Page.Locator("main img")).ToHaveCountAsync(0);
        window.Complaints.ShouldBeEmpty();
    }

    private static Task StateAsync(PortalWindow window, string state) => window.Page.Locator($".access[data-state={state}]").WaitForAsync();
}
