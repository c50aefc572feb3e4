using System.Text.RegularExpressions;
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
    public async Task Call_OfAPod_LinksToThePodsAndTheNodesCalls()
    {
        var call = Call() with { User = "system:serviceaccount:prod:ci", Pod = "ci-7d4b-x2kqp", Node = "worker-1" };
        await using var window = await OpenAsync(call, "overview");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "ci-7d4b-x2kqp" })).ToHaveAttributeAsync("href", new Regex(@"^/search\?q=pod%3Aci-7d4b-x2kqp&from=20\d\d-"));
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "worker-1" }).ClickAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync(new Regex(@"/search\?q=node%3Aworker-1&from="));
        await Assertions.Expect(window.Query).ToHaveValueAsync("node:worker-1");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_WithFacts_ShowsThemAndLinksToTheirCalls()
    {
        await using var window = await OpenAsync(Call(), "overview");
        await Assertions.Expect(window.Page.Locator(".warnings")).ToContainTextAsync("Warning: apps/v1beta1 Deployment is deprecated");
        (await window.Page.Locator(".overview h3").AllTextContentsAsync()).ShouldBe(["Object", "Request options", "Caller", "Client", "Outcome", "Connection and ids"]);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "0d4f6f0e-8f1b-4f0a-9b1c-2f6d2f1f7a11" })).ToHaveAttributeAsync("href", new Regex(@"^/search\?q=uid%3A0d4f6f0e-"));
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "yes, nothing was to be stored" })).ToHaveAttributeAsync("href", new Regex(@"^/search\?q=dryrun%3Atrue"));
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_OfAList_ShowsWhatIsKnownOfIt()
    {
        await using var window = await OpenAsync(SampleCalls.One(0, TimeProvider.System.GetUtcNow().AddMinutes(-1)), "overview");
        await Assertions.Expect(window.Page.Locator(".overview")).ToContainTextAsync("a page, more follow");
        await Assertions.Expect(window.Page.Locator(".warnings")).ToHaveCountAsync(0);
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

    [Fact]
    public async Task Headers_WhoseValuesTheRoleDoesNotSee_SayThat()
    {
        await using var window = await OpenAsync(Call() with { RequestHeaders = [new("accept", ["application/json"]), new("x-note", [])] }, "headers");
        var rows = window.Page.Locator(".headers").First.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        (await rows.Last.TextContentAsync())!.ShouldContain("x-note");
        (await rows.Last.TextContentAsync())!.ShouldContain("not shown to your role");
    }

    [Fact]
    public async Task Connection_Tab_ShowsBothSides()
    {
        await using var window = await OpenAsync(Call(), "connection");
        var sides = window.Page.Locator(".connection section");
        await Assertions.Expect(sides).ToHaveCountAsync(2);
        var client = sides.Nth(0);
        await Assertions.Expect(client.Locator("h3")).ToHaveTextAsync("Client to gateway");
        await Assertions.Expect(client).ToContainTextAsync("Client certificate verified");
        await Assertions.Expect(client).ToContainTextAsync("127.0.0.1:50002");
        await Assertions.Expect(client).ToContainTextAsync("TLS_AES_128_GCM_SHA256");
        await Assertions.Expect(client).ToContainTextAsync("CN=laptop-of-alice, O=developers");
        await Assertions.Expect(client).ToContainTextAsync("Reused, request 3");
        var upstream = sides.Nth(1);
        await Assertions.Expect(upstream.Locator("h3")).ToHaveTextAsync("Gateway to API server");
        foreach (var fact in new[] { "Certificate verified", "10.0.0.7:6443", "HTTP/2", "1.3", "TLS_AES_256_GCM_SHA384", "h2", "kubernetes.example", "CN=kube-apiserver", "CN=kubernetes", "03AC674216F3E15C761EE1A5E255F067953623C8B388B4459E13F978D7C846F4", "Reused, request 9" })
        {
            await Assertions.Expect(upstream).ToContainTextAsync(fact);
        }
    }

    [Theory]
    [InlineData("verified", "Certificate verified")]
    [InlineData("unverified", "Certificate not verified")]
    [InlineData("plaintext", "Not encrypted")]
    [InlineData("unknown", "Not recorded")]
    public async Task Connection_OfEachTrust_SaysSoInWords(string trust, string words)
    {
        var call = Call();
        await using var window = await OpenAsync(call with { Connection = call.Connection with { Upstream = call.Connection.Upstream! with { Trust = trust, Request = 1 } } }, "connection");
        await Assertions.Expect(window.Page.Locator(".connection section").Nth(1).Locator(".chip")).ToContainTextAsync(words);
        await Assertions.Expect(window.Page.Locator(".connection section").Nth(1)).ToContainTextAsync("New with this call");
    }

    [Fact]
    public async Task Connection_OfACallThatUsedNone_SaysWhy()
    {
        var call = Call();
        await using var window = await OpenAsync(call with { Connection = call.Connection with { Upstream = null } }, "connection");
        await Assertions.Expect(window.Page.Locator(".connection section").Nth(1)).ToContainTextAsync("used no connection to the API server");
    }

    [Fact]
    public async Task Timing_Tab_DividesTheWholeLatency()
    {
        await using var window = await OpenAsync(Call() with { LatencyMs = 20, Timings = new(2, 3, 12, 14) }, "timing");
        var rows = window.Page.Locator(".timing tbody tr");
        await Assertions.Expect(rows).ToHaveTextAsync(["In the gateway 1.0 ms 5 %", "Connecting 2.0 ms 10 %", "TLS handshake 3.0 ms 15 %", "Waiting for the first byte 6.0 ms 30 %", "Receiving the body 8.0 ms 40 %"]);
        await Assertions.Expect(window.Page.Locator(".timing tfoot tr")).ToHaveTextAsync("Total 20 ms");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Img, new() { Name = "20 ms in all: In the gateway 1.0 ms, Connecting 2.0 ms, TLS handshake 3.0 ms, Waiting for the first byte 6.0 ms, Receiving the body 8.0 ms" })).ToBeVisibleAsync();
        (await window.Page.Locator(".timing .bar i").CountAsync()).ShouldBe(5);
        var widths = await window.Page.Locator(".timing .bar i").EvaluateAllAsync<double[]>("all => all.map(i => i.getBoundingClientRect().width)");
        (widths[4] / widths[1]).ShouldBeInRange(3.5, 4.5);
    }

    [Fact]
    public async Task Timing_OnAReusedConnection_HasNoConnecting()
    {
        await using var window = await OpenAsync(Call() with { LatencyMs = 20, Timings = new(null, null, 12, 14) }, "timing");
        await Assertions.Expect(window.Page.Locator(".timing tbody tr")).ToHaveTextAsync(["In the gateway 6.0 ms 30 %", "Waiting for the first byte 6.0 ms 30 %", "Receiving the body 8.0 ms 40 %"]);
        await Assertions.Expect(window.Page.Locator(".timing")).ToContainTextAsync("connection was open already");
    }

    [Fact]
    public async Task Timing_OfACallThatGotNoAnswer_IsTheWaiting()
    {
        await using var window = await OpenAsync(Call() with { LatencyMs = 20, Timings = new(null, null, null, 15) }, "timing");
        await Assertions.Expect(window.Page.Locator(".timing tbody tr")).ToHaveTextAsync(["In the gateway 5.0 ms 25 %", "Waiting for the first byte 15 ms 75 %"]);
    }

    [Fact]
    public async Task Timing_NotKnown_SaysSo()
    {
        await using var window = await OpenAsync(Call() with { Timings = new(null, null, null, null) }, "timing");
        await Assertions.Expect(window.Page.Locator(".timing")).ToContainTextAsync("The API server did not answer");
        await Assertions.Expect(window.Page.Locator(".timing .bar")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("truncated", "were kept: the body is longer than the capture cap")]
    [InlineData("notCaptured", "Not captured by policy")]
    [InlineData("unsupportedType", "cannot be redacted yet")]
    [InlineData("undecodable", "did not parse")]
    [InlineData("dropped", "the capture queue or the spool was full")]
    [InlineData("lost", "the gateway ended before")]
    [InlineData("notPermitted", "Kept, and not shown: your role sees no bodies.")]
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
        call = call with { Connection = call.Connection with { Client = call.Connection.Client with { ServerName = "<script>alert(8)</script>", CertificateSubject = "CN=<img src=x onerror=alert(9)>" } } };
        await using var window = await OpenAsync(call, "response");
        await window.Page.Locator(".text").WaitForAsync();
        var text = (await window.Page.Locator(".text").TextContentAsync())!;
        text.ShouldContain("<script>alert(1)</script>");
        text.ShouldContain("202Etxt.exe");
        text.ShouldNotContain("\u202E");
        text.ShouldContain("001B[31mred");
        foreach (var tab in new[] { "Request", "Headers", "Connection", "Timing", "Overview" })
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
    public async Task Overview_AuditEventKnown_TellsWhatTheApiServerSays()
    {
        var call = Call() with { Source = CallSources.Bypass, Audit = new(TimeProvider.System.GetUtcNow(), "deny", "no RBAC policy matched", Deprecated: true, "1.25", Panicked: false) };
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [call] }, $"/calls/{call.Id}");
        var section = window.Page.Locator("section, div").Filter(new() { Has = window.Page.GetByRole(AriaRole.Heading, new() { Name = "Audit event" }) }).Last;
        await Assertions.Expect(section).ToContainTextAsync("it passed no gateway");
        await Assertions.Expect(section).ToContainTextAsync("no RBAC policy matched");
        await Assertions.Expect(section).ToContainTextAsync("deprecated, gone in Kubernetes 1.25");
        await Assertions.Expect(window.Page.Locator(".facts .chip.status-warn").First).ToContainTextAsync("bypass");
        await section.GetByRole(AriaRole.Link, new() { Name = "deny" }).ClickAsync();
        await window.Page.ReachesAsync("**/search?q=decision%3Adeny&**");
    }
}
