using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class CallTests(PortalFixture portal)
{
    private static CallDetails Call() => SampleCalls.One(2, TimeProvider.System.GetUtcNow().AddMinutes(-1));

    private Task<PortalWindow> OpenAsync(CallDetails call, string tab) => portal.SignInAsync(new StoreScript { Calls = [call] }, $"/calls/{call.Id}?tab={tab}");

    [Fact]
    public async Task Call_Opened_ShowsWhatWhoAndHowItWent()
    {
        var call = Call() with { ImpersonatedUser = "carol", Reason = "Conflict", Status = 409 };
        await using var window = await OpenAsync(call, "overview");
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("deployments prod/web");
        var header = (await window.Page.Locator(".call > header").TextContentAsync())!;
        header.ShouldContain("PATCH");
        header.ShouldContain("/apis/apps/v1/namespaces/prod/deployments/web");
        header.ShouldContain("Conflict");
        header.ShouldContain("as carol");
        header.ShouldContain(call.AuditId);
        (await window.Page.Locator(".overview").TextContentAsync())!.ShouldContain("laptop-of-alice");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_Json_IsIndentedWithRedactedValuesAsChips()
    {
        await using var window = await OpenAsync(Call(), "request");
        var text = window.Page.Locator(".text");
        (await text.Locator(".l").Nth(1).TextContentAsync()).ShouldBe("  \"kind\": \"Pod\",\n");
        (await text.Locator(".redacted").First.TextContentAsync()).ShouldBe("redacted 9f2c41d07be3");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Raw" }).ClickAsync();
        await Assertions.Expect(text.Locator(".l")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Headers_Tab_ShowsBothSides()
    {
        await using var window = await OpenAsync(Call(), "headers");
        await Assertions.Expect(window.Page.Locator(".headers")).ToHaveCountAsync(2);
        var request = (await window.Page.Locator(".headers").First.TextContentAsync())!;
        request.ShouldContain("authorization");
        request.ShouldContain("Bearer redacted");
        (await window.Page.Locator(".headers").Last.TextContentAsync())!.ShouldContain("x-kubernetes-pf-flowschema-uid");
    }

    [Theory]
    [InlineData("truncated", "were kept: the body is longer than the capture cap")]
    [InlineData("notCaptured", "Not captured by policy")]
    [InlineData("unsupportedType", "cannot be redacted yet")]
    [InlineData("undecodable", "did not parse")]
    [InlineData("dropped", "the capture queue or the spool was full")]
    [InlineData("lost", "the gateway ended before")]
    public async Task Body_NotWhole_SaysWhy(string note, string sentence)
    {
        var body = new BodyItem("application/json", 900_000, note == "truncated" ? 262_144 : 0, note, 0, note == "truncated" ? "{\"items\":[{\"kind\":\"Pod\"},{\"kin" : "");
        await using var window = await OpenAsync(Call() with { ResponseBody = body }, "response");
        await Assertions.Expect(window.Page.Locator(".note").First).ToContainTextAsync(sentence);
    }

    [Fact]
    public async Task Body_Hostile_ExecutesNothing()
    {
        const string Hostile = "{\"a\":\"<script>alert(1)</script>\",\"b\":\"<img src=x onerror=alert(2)>\",\"c\":\"\u202Etxt.exe\",\"d\":\"\u001b[31mred\u001b]0;t\u0007\",\"e\":\"\uFFFD\uFFFD\",\"f\":\"</span></code></pre><script>alert(3)</script>\"}";
        var call = Call() with
        {
            ResponseBody = new("application/json", Hostile.Length, Hostile.Length, "whole", 0, Hostile),
            RequestBody = new("text/html", Hostile.Length, Hostile.Length, "whole", 0, "<script>alert(4)</script>" + Hostile),
            ResponseHeaders = [new("x-evil", ["<svg onload=alert(5)>", "javascript:alert(6)"])],
            Reason = "<script>alert(7)</script>",
        };
        await using var window = await OpenAsync(call, "response");
        await window.Page.Locator(".text").WaitForAsync();
        var text = (await window.Page.Locator(".text").TextContentAsync())!;
        text.ShouldContain("<script>alert(1)</script>");
        text.ShouldContain("202Etxt.exe");
        text.ShouldNotContain("\u202E");
        text.ShouldContain("001B[31mred");
        foreach (var tab in new[] { "Request", "Headers", "Overview" })
        {
            await window.Page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await window.Page.ReachesAsync($"**tab={tab.ToLowerInvariant()}");
        }

        (await window.Page.Locator("main script, main img, main svg[onload]").CountAsync()).ShouldBe(0);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tab_ClickedBeforeTheKitHasMeasured_IsOpenedAndInTheAddress()
    {
        var call = Call();
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [call] }, "/connect");
        // On a busy machine this answer takes seconds.
        await window.Page.Context.AddInitScriptAsync("""
            let observer;
            Object.defineProperty(window, 'mudResizeObserver', {
              get: () => observer,
              set: value => {
                const connect = value.connect.bind(value);
                value.connect = async (...given) => {
                  await new Promise(measure => { window.measure = measure; });
                  const sizes = await connect(...given);
                  window.measured = true;
                  return sizes;
                };
                observer = value;
              },
            });
            """);
        await window.Page.GotoAsync($"{portal.Address}/calls/{call.Id}?tab=response");
        await window.Page.Locator(".text").WaitForAsync();

        await window.Page.GetByRole(AriaRole.Tab, new() { Name = "Headers" }).ClickAsync();
        await window.Page.ReachesAsync("**tab=headers");
        await Assertions.Expect(window.Page.Locator(".headers")).ToHaveCountAsync(2);

        await window.Page.EvaluateAsync("window.measure()");
        await window.Page.WaitForFunctionAsync("window.measured");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Tab, new() { Name = "Headers" })).ToHaveAttributeAsync("aria-selected", "true");
        window.Page.Url.ShouldEndWith("tab=headers");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_FiveMegabytesInOneLine_IsCutAndDoesNotFreeze()
    {
        var big = $"{{\"a\":\"{new string('x', 5_000_000)}\"}}";
        await using var window = await OpenAsync(Call() with { ResponseBody = new("application/json", big.Length, big.Length, "whole", 0, big) }, "response");
        await Assertions.Expect(window.Page.Locator(".note")).ToContainTextAsync("Showing the first 256 KiB of 4.8 MiB");
        await window.Page.GetByRole(AriaRole.Tab, new() { Name = "Overview" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".overview")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Call_Unknown_SaysSo()
    {
        await using var window = await portal.SignInAsync(new StoreScript(), "/calls/000000000000000000000");
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("No such call");
    }

    [Fact]
    public async Task Permalink_Copied_IsTheCallsAddress()
    {
        var call = Call();
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [call] });
        await window.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.StateAsync("ready");
        await window.Rows.First.ClickAsync();
        await window.Drawer.Locator(".facts").WaitForAsync();
        await window.Drawer.GetByLabel("Copy the permalink").ClickAsync();
        await window.Page.GetByText("Copied").WaitForAsync();
        (await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe($"{portal.Address}/calls/{call.Id}");
    }
}
